using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace HaoSuan.Sandbox.Mail;

/// <summary>A mail that somebody has in his mailbox.</summary>
/// <param name="Name">Its Message-ID.</param>
public sealed record SandboxMail(string Name, string From, string To, string Subject, string Text, IReadOnlyList<SandboxFile> Files, Instant At);

public sealed record SandboxFile(string Name, string MediaType, byte[] Content);

/// <summary>
/// A mail server on loopback that speaks SMTP and POP3: everybody's mailboxes, and that of the sender, to which comes back what cannot be delivered.
/// </summary>
public sealed class PostOffice(SandboxKeys keys, TimeProvider time, Faults faults) : IDisposable
{
    /// <summary>How recipients behave, for whoever drives it.</summary>
    public const string Rules = "收件人以 unknown 开头的当场拒收，以 full 开头的收下后退信。";

    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly TcpListener _smtp = new(IPAddress.Loopback, 0);
    private readonly TcpListener _pop3 = new(IPAddress.Loopback, 0);
    private readonly List<SandboxMail> _received = [];
    private readonly List<byte[]> _returned = [];

    public int SmtpPort => ((IPEndPoint)_smtp.LocalEndpoint).Port;

    public int Pop3Port => ((IPEndPoint)_pop3.LocalEndpoint).Port;

    /// <summary>What mailboxes have: one of each, as mailboxes do that know a mail by its name. The latest last.</summary>
    public IReadOnlyList<SandboxMail> Received
    {
        get
        {
            lock (_gate) return [.. _received];
        }
    }

    /// <summary>How many mails were handed over, the same one each time that it was.</summary>
    public int Taken { get; private set; }

    /// <summary>How many have come back to the sender and lie in his mailbox.</summary>
    public int Returns => Returned().Count;

    internal void Open()
    {
        Listen(_smtp, stream => new SmtpDialogue(keys, faults, this).RunAsync(stream, _closing.Token));
        Listen(_pop3, stream => new Pop3Dialogue(keys, this).RunAsync(stream, _closing.Token));
    }

    public void Dispose()
    {
        _closing.Cancel();
        _smtp.Dispose();
        _pop3.Dispose();
    }

    internal static bool IsUnknown(string recipient) => recipient.StartsWith("unknown", StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts a mail into its recipient's mailbox, or back into the sender's.</summary>
    internal void Take(string sender, IEnumerable<string> recipients, byte[] content)
    {
        using var stream = new MemoryStream(content);
        using var message = MimeMessage.Load(stream);
        var (name, text) = (message.MessageId ?? "", message.TextBody?.Trim() ?? "");
        SandboxFile[] files = [.. message.Attachments.OfType<MimePart>().Select(p => new SandboxFile(p.FileName ?? "", p.ContentType.MimeType, Decoded(p)))];
        lock (_gate)
        {
            Taken++;
            foreach (var to in recipients)
            {
                if (to.StartsWith("full", StringComparison.OrdinalIgnoreCase)) _returned.Add(Report(sender, to, name));
                else if (!_received.Exists(m => m.Name == name && m.To == to))
                    _received.Add(new(name, sender, to, message.Subject ?? "", text, files, time.Now));
            }
        }
    }

    internal List<byte[]> Returned()
    {
        lock (_gate) return [.. _returned];
    }

    internal void Remove(IEnumerable<byte[]> read)
    {
        lock (_gate) _returned.RemoveAll(read.Contains);
    }

    /// <summary>A delivery status notification, as RFC 3464 has it.</summary>
    private static byte[] Report(string sender, string recipient, string name) => Encoding.ASCII.GetBytes($"""
        From: MAILER-DAEMON@sandbox.example
        To: {sender}
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <report.{name}>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="part"

        --part
        Content-Type: text/plain; charset=us-ascii

        Your mail could not be delivered: the mailbox is full.

        --part
        Content-Type: message/delivery-status

        Reporting-MTA: dns; sandbox.example

        Final-Recipient: rfc822; {recipient}
        Action: failed
        Status: 5.2.2
        Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

        --part
        Content-Type: text/rfc822-headers

        Message-ID: <{name}>
        From: {sender}
        To: {recipient}

        --part--

        """.ReplaceLineEndings("\r\n"));

    private static byte[] Decoded(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        return bytes.ToArray();
    }

    private void Listen(TcpListener listener, Func<Stream, Task> serve)
    {
        listener.Start();
        _ = AcceptAsync(listener, serve);
    }

    private async Task AcceptAsync(TcpListener listener, Func<Stream, Task> serve)
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync(_closing.Token), serve);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // closed
        }
    }

    private static async Task ServeAsync(TcpClient client, Func<Stream, Task> serve)
    {
        using (client)
        {
            try
            {
                await serve(client.GetStream());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // the other end has gone, or we close
            }
        }
    }
}
