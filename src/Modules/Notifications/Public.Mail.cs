namespace HaoSuan.Notifications;

public readonly record struct MailId(Guid Value) : IId<MailId>
{
    public static MailId From(Guid value) => new(value);
}

public enum MailSecurity
{
    /// <summary>TLS from the first byte on (usually port 465, and 995 where mail is fetched).</summary>
    Tls,

    /// <summary>TLS after a greeting (usually port 587, and 110).</summary>
    StartTls,

    /// <summary>Within the machine only.</summary>
    None,
}

/// <summary>An account at a mail server, from which the operator writes.</summary>
public sealed record MailOptions
{
    public required string Host { get; init; }
    public int Port { get; init; } = 465;
    public MailSecurity Security { get; init; } = MailSecurity.Tls;
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>The address that mail comes from, and to which it comes back.</summary>
    public required string From { get; init; }

    /// <summary>The name beside it; the operator's.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where mail that comes back is fetched by POP3, with the same account; null: staff reads it.</summary>
    public string? ReturnsHost { get; init; }

    public int ReturnsPort { get; init; } = 995;

    /// <summary>Passwords are not written anywhere by mistake.</summary>
    public override string ToString() => "Mail account";
}

/// <summary>A file that goes with a mail.</summary>
/// <param name="Name">Never of a person.</param>
/// <param name="Content">In the vault, in base64.</param>
public sealed record MailAttachment(string Name, string MediaType, SecretId Content);

/// <summary>A mail that somebody is to get.</summary>
/// <param name="Kind">What it is about: begins with the module's name, like <c>invoices.issued</c>.</param>
/// <param name="To">His address, in the vault.</param>
/// <param name="Subject">Without personal data, as the text.</param>
/// <param name="Replaces">The mail in whose place it is sent, because that one did not arrive: nobody has to deal with it any more.</param>
public sealed record NewMail(
    string Kind, SecretId To, string Subject, string Text, IReadOnlyList<MailAttachment> Attachments, MailId? Replaces = null);

public enum MailState
{
    /// <summary>To be sent, again and again until the server takes it.</summary>
    Queued,

    /// <summary>The server has taken it.</summary>
    Sent,

    /// <summary>The server will not take it: there is no such recipient, or it does not like the mail.</summary>
    Refused,

    /// <summary>It was taken and came back later (退信).</summary>
    CameBack,

    /// <summary>For days no server has taken it.</summary>
    GivenUp,

    /// <summary>Another one was sent in its place.</summary>
    Replaced,
}

/// <summary>How a mail stands.</summary>
/// <param name="Fault">What the server said last, in its numbers only; null where it has said nothing.</param>
public sealed record MailView(MailId Id, MailState State, int Attempts, string? Fault, Instant QueuedAt, Instant? EndedAt);

/// <summary>A mail waits to be sent.</summary>
public sealed record MailQueued(MailId Id) : IEvent;
