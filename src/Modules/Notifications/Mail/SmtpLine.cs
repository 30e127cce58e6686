using System.Globalization;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace HaoSuan.Notifications;

/// <summary>
/// Hands mail to a server by SMTP. An address is personal: it stands in the mail and nowhere else, so of what a server says only the numbers are
/// kept. The host adds it where it has an account.
/// </summary>
public sealed partial class SmtpLine(MailOptions options, TimeProvider time)
{
    // Of one step of the dialogue, and of all of it: shorter than a delivery of the outbox is held.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(90);

    /// <summary>How it ended; null: the server has taken it.</summary>
    internal async Task<MailFault?> SendAsync(TenantId tenant, OutgoingMail mail, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(LongestPatience);
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await ConnectAsync(client, options, options.Host, options.Port, patience.Token);
            using var message = Write(tenant, mail);
            await client.SendAsync(message, patience.Token);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return FaultOf(e);
        }
        try
        {
            await client.DisconnectAsync(quit: true, patience.Token);
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            // It is taken: how the dialogue ends does not matter.
        }
        return null;
    }

    internal static async Task ConnectAsync(IMailService client, MailOptions options, string host, int port, CancellationToken cancel)
    {
        await client.ConnectAsync(host, port, options.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            MailSecurity.None => SecureSocketOptions.None,
        }, cancel);
        if (options.User is { } user) await client.AuthenticateAsync(user, options.Password ?? "", cancel);
    }

    /// <summary>
    /// The same mail always has the same name (Message-ID). Where nobody knows whether the server has taken it, it is sent again, and a mailbox that
    /// has it already keeps one.
    /// </summary>
    private MimeMessage Write(TenantId tenant, OutgoingMail mail)
    {
        var body = new BodyBuilder { TextBody = mail.Text };
        foreach (var (name, mediaType, content) in mail.Files) body.Attachments.Add(name, content, ContentType.Parse(mediaType));
        var message = new MimeMessage { Subject = mail.Subject, Body = body.ToMessageBody(), Date = time.GetUtcNow() };
        message.From.Add(new MailboxAddress(options.Name, options.From));
        message.To.Add(MailboxAddress.Parse(mail.To));
        message.MessageId = MailName.Of(tenant, mail.Id, options.From);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static MailFault FaultOf(Exception e) => e switch
    {
        SmtpCommandException { ErrorCode: not SmtpErrorCode.SenderNotAccepted } said => new((int)said.StatusCode >= 500, Numbers(said)),
        SmtpCommandException said => new(false, Numbers(said)),        // what we are called is ours to mend
        _ => new(false, e.GetType().Name),
    };

    private static string Numbers(SmtpCommandException said) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)said.StatusCode} {Enhanced().Match(said.Message).Value}").TrimEnd();

    // RFC 3463
    [GeneratedRegex(@"^[245]\.\d{1,3}\.\d{1,3}")]
    private static partial Regex Enhanced();
}

/// <summary>A mail as it goes out: in clear.</summary>
internal sealed record OutgoingMail(MailId Id, string To, string Subject, string Text, IReadOnlyList<(string Name, string MediaType, byte[] Content)> Files)
{
    /// <summary>Addresses are not written anywhere by mistake.</summary>
    public override string ToString() => "Mail";
}

/// <param name="IsFinal">Nothing will come of trying again.</param>
/// <param name="Why">Numbers of the server, or what happened to the line.</param>
internal sealed record MailFault(bool IsFinal, string Why);

/// <summary>The name (Message-ID) of a mail: by it one that comes back is known again.</summary>
internal static class MailName
{
    public static string Of(TenantId tenant, MailId id, string from) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}.{id.Value:N}@{from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]}");

    public static (TenantId Tenant, MailId Id)? Read(string? name) =>
        name?.Split('@')[0].Split('.') is [var tenant, var id]
        && int.TryParse(tenant, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Guid.TryParseExact(id, "N", out var guid)
            ? (new(number), new(guid))
            : null;
}
