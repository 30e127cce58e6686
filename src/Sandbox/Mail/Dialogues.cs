using System.Globalization;
using System.Text;

namespace HaoSuan.Sandbox.Mail;

/// <summary>Lines on a connection: bytes as they are, one character each.</summary>
internal sealed class MailLines(Stream stream, CancellationToken closing) : IDisposable
{
    private readonly StreamReader _reader = new(stream, Encoding.Latin1);

    public void Dispose() => _reader.Dispose();

    public ValueTask<string?> ReadAsync() => _reader.ReadLineAsync(closing);

    public Task SayAsync(string line) => stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), closing).AsTask();

    /// <summary>Up to a line with a dot alone; a dot more at the beginning of a line is none of its own.</summary>
    public async Task<byte[]?> ReadContentAsync()
    {
        var content = new StringBuilder();
        while (await ReadAsync() is { } line)
        {
            if (line == ".") return Encoding.Latin1.GetBytes(content.ToString());
            content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }
        return null;
    }

    public async Task SayContentAsync(byte[] content)
    {
        foreach (var line in Encoding.Latin1.GetString(content).Split("\r\n").SkipLast(1)) await SayAsync(line.StartsWith('.') ? "." + line : line);
        await SayAsync(".");
    }
}

/// <summary>SMTP (RFC 5321), with PLAIN as the one way to sign in.</summary>
internal sealed class SmtpDialogue(SandboxKeys keys, Faults faults, PostOffice office)
{
    private readonly List<string> _recipients = [];
    private bool _signedIn;
    private string _sender = "";

    public async Task RunAsync(Stream stream, CancellationToken closing)
    {
        using var lines = new MailLines(stream, closing);
        var fault = faults.Take(Wire.Mail, On.Call);
        await lines.SayAsync(fault == Fault.Busy ? "421 4.3.2 Try again later" : "220 sandbox.example ESMTP");
        while (fault != Fault.Busy && await lines.ReadAsync() is { } line)
        {
            var word = line.Split(' ')[0].ToUpperInvariant();
            if (word == "DATA" && _recipients.Count > 0)
            {
                await lines.SayAsync("354 Go on");
                if (await lines.ReadContentAsync() is not { } content) return;
                if (fault != Fault.Fail) office.Take(_sender, _recipients, content);
                // What was taken, and nobody is told so.
                if (fault == Fault.FailAfter) return;
                if (fault == Fault.HangAfter) await Task.Delay(Timeout.Infinite, closing);
                await lines.SayAsync(fault == Fault.Fail ? "451 4.3.0 Local error" : "250 2.0.0 Taken");
            }
            else await lines.SayAsync(Answer(word, line));
            if (word == "QUIT") return;
        }
    }

    private string Answer(string word, string line)
    {
        switch (word)
        {
            case "EHLO":
                return "250-sandbox.example\r\n250-AUTH PLAIN\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES";
            case "HELO" or "NOOP":
                return "250 2.0.0 sandbox.example";
            case "AUTH":
                var secret = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{keys.MailUser}\0{keys.MailPassword}"));
                _signedIn = line.Split(' ') is [_, _, var given] && given == secret;
                return _signedIn ? "235 2.7.0 Welcome" : "535 5.7.8 Not you";
            case "MAIL" when !_signedIn:
                return "530 5.7.0 Sign in first";
            case "MAIL":
                _sender = AddressOf(line);
                _recipients.Clear();
                return "250 2.1.0 Ok";
            case "RCPT" when PostOffice.IsUnknown(AddressOf(line)):
                return $"550 5.1.1 <{AddressOf(line)}>: no such user";
            case "RCPT":
                _recipients.Add(AddressOf(line));
                return "250 2.1.5 Ok";
            case "RSET":
                _recipients.Clear();
                return "250 2.0.0 Ok";
            case "QUIT":
                return "221 2.0.0 Bye";
            default:
                return "503 5.5.1 Not now";
        }
    }

    private static string AddressOf(string line) => line.Split('<', '>') is [_, var address, ..] ? address : "";
}

/// <summary>POP3 (RFC 1939) of the sender's mailbox.</summary>
internal sealed class Pop3Dialogue(SandboxKeys keys, PostOffice office)
{
    private readonly HashSet<byte[]> _deleted = [];
    private List<byte[]> _messages = [];
    private string _user = "";

    public async Task RunAsync(Stream stream, CancellationToken closing)
    {
        using var lines = new MailLines(stream, closing);
        await lines.SayAsync("+OK sandbox.example");
        while (await lines.ReadAsync() is { } line)
        {
            var words = line.Split(' ');
            var isNumbered = int.TryParse(words.ElementAtOrDefault(1), CultureInfo.InvariantCulture, out var number);
            var message = isNumbered ? _messages.ElementAtOrDefault(number - 1) : null;
            switch (words[0].ToUpperInvariant())
            {
                case "USER":
                    _user = words[^1];
                    await lines.SayAsync("+OK");
                    break;
                case "PASS" when _user == keys.MailUser && words[^1] == keys.MailPassword:
                    _messages = office.Returned();
                    await lines.SayAsync("+OK");
                    break;
                case "STAT":
                    await lines.SayAsync($"+OK {_messages.Count} {_messages.Sum(m => m.Length)}");
                    break;
                case "UIDL" or "LIST" when words.Length == 1:
                    await lines.SayAsync("+OK");
                    foreach (var (index, m) in _messages.Index()) await lines.SayAsync($"{index + 1} {(words[0] == "LIST" ? m.Length : index + 1)}");
                    await lines.SayAsync(".");
                    break;
                case "RETR" when message is not null:
                    await lines.SayAsync("+OK");
                    await lines.SayContentAsync(message);
                    break;
                case "DELE" when message is not null:
                    _deleted.Add(message);
                    await lines.SayAsync("+OK");
                    break;
                case "NOOP":
                    await lines.SayAsync("+OK");
                    break;
                case "QUIT":
                    office.Remove(_deleted);
                    await lines.SayAsync("+OK");
                    return;
                default:
                    await lines.SayAsync("-ERR");
                    break;
            }
        }
    }
}
