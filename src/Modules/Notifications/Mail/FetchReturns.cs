using MailKit.Net.Pop3;
using MimeKit;

namespace HaoSuan.Notifications;

/// <summary>The mailbox to which mail comes back. The host adds it where it may be read.</summary>
public sealed class ReturnsBox(MailOptions options)
{
    internal MailOptions Options => options;
}

/// <summary>
/// Reads by POP3 what came back (退信, RFC 3464), and removes from the mailbox what is ours: a message of another operator of this installation it
/// leaves to that one, and whatever else is there to its readers.
/// </summary>
internal sealed class FetchReturns(Db db, Mails mails, IEnumerable<ReturnsBox> boxes) : IRecurring
{
    private const int Most = 200;
    private const int Patience = 20_000;

    public async Task RunAsync(CancellationToken cancel)
    {
        if (boxes.FirstOrDefault()?.Options is not { ReturnsHost: { } host } options) return;
        using var client = new Pop3Client { Timeout = Patience };
        await SmtpLine.ConnectAsync(client, options, host, options.ReturnsPort, cancel);
        for (var i = 0; i < Math.Min(client.Count, Most); i++)
        {
            using var message = await client.GetMessageAsync(i, cancel);
            if (ReturnedMail.Read(message) is not { } returned || returned.Tenant != db.CurrentTenant) continue;
            if (returned.Failed) await mails.CameBackAsync(returned.Id, returned.Status, cancel);
            await client.DeleteMessageAsync(i, cancel);
        }
        // What was deleted goes with the end of the dialogue; where that fails, it is read again and known.
        await client.DisconnectAsync(quit: true, cancel);
    }
}

/// <summary>What a server reports of a mail of ours.</summary>
/// <param name="Failed">It will not arrive; otherwise it is only late.</param>
/// <param name="Status">Like 5.1.1.</param>
internal sealed record ReturnedMail(TenantId Tenant, MailId Id, bool Failed, string Status)
{
    private const int LongestStatus = 12;

    /// <summary>Null where it is no report of a mail of ours.</summary>
    public static ReturnedMail? Read(MimeMessage message)
    {
        if (message.Body is not MultipartReport report) return null;
        var original = report.OfType<MessagePart>().Select(p => p.Message?.MessageId).FirstOrDefault(id => id is not null);
        if (MailName.Read(original) is not { } name) return null;
        var groups = report.OfType<MessageDeliveryStatus>().SelectMany(s => s.StatusGroups).ToList();
        var failed = groups.Find(g => string.Equals(g["Action"], "failed", StringComparison.OrdinalIgnoreCase));
        var status = failed?["Status"] ?? "";
        return new(name.Tenant, name.Id, failed is not null, status.Length <= LongestStatus ? status : "");
    }
}
