namespace HaoSuan.Notifications;

/// <summary>Whom a notification is for. Who may not sign in is told nothing.</summary>
public abstract record Audience
{
    private Audience() { }

    /// <summary>The users of a distributor.</summary>
    public sealed record Distributor(DistributorId Id) : Audience;

    /// <summary>A department: everybody of the operator's staff who satisfies a policy of <see cref="Policies"/>.</summary>
    /// <param name="Except">Who has brought it about and knows, as the audit log names him.</param>
    public sealed record Staff(string Policy, string? Except = null) : Audience;

    /// <summary>One person, as the audit log names him. A job is nobody.</summary>
    public sealed record Person(string Actor) : Audience;
}

/// <summary>What somebody is told of an event: never personal data.</summary>
/// <param name="For">Who is told.</param>
/// <param name="Text">
/// The key of its text in the resources of the module that it begins with, like <c>payouts.told_paid</c>. What was told is read for a
/// year, so a text that has been told stays. The module is the kind; what it is called stands under <c>payouts.notifications</c>.
/// </param>
/// <param name="Href">The page where one acts, or reads on.</param>
/// <param name="Values">What stands in the text, in its order.</param>
public sealed record Notification(Audience For, string Text, string Href, params IReadOnlyList<NotificationValue> Values);

/// <summary>Work that staff was told of, and that somebody has done.</summary>
/// <param name="Href">The page to which it led.</param>
/// <param name="Texts">The keys of the texts that have told of it.</param>
public sealed record Handled(string Href, params IReadOnlyList<string> Texts);

/// <summary>A value in a text, kept as it is and put into words when it is read. One of them is given.</summary>
/// <param name="Text">A number or a name of a thing, never of a person.</param>
/// <param name="Until">A deadline: what happens at this instant or later is too late.</param>
/// <param name="Key">A text of a module: what it says, in the reader's language.</param>
public sealed record NotificationValue(string? Text = null, Money? Amount = null, DateOnly? Day = null, Instant? Until = null, string? Key = null)
{
    public static implicit operator NotificationValue(string text) => new(Text: text);

    public static implicit operator NotificationValue(int count) => new(Text: count.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static implicit operator NotificationValue(Money amount) => new(Amount: amount);

    public static implicit operator NotificationValue(DateOnly day) => new(Day: day);

    public static implicit operator NotificationValue(Instant until) => new(Until: until);
}

/// <summary>A notification in words, in the reader's language.</summary>
/// <param name="Kind">The module that it comes from, and what it is called.</param>
public sealed record Told(Guid Id, string Kind, string KindText, string Text, string Href, Instant At, bool IsRead);

/// <summary>How many notifications of a kind somebody has.</summary>
public sealed record ToldOfKind(string Kind, string KindText, int Unread, int All);

/// <param name="Read">How long a notification is kept after it was read.</param>
/// <param name="Unread">How long one is kept that nobody reads.</param>
public sealed record NotificationPolicy(TimeSpan Read, TimeSpan Unread)
{
    public static readonly NotificationPolicy Default = new(Read: TimeSpan.FromDays(90), Unread: TimeSpan.FromDays(365));
}
