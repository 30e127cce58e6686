using HaoSuan.Notifications;

namespace HaoSuan.Exceptions;

/// <summary>A case (异常): something that is wrong, until it is not or somebody has dealt with it.</summary>
public readonly record struct CaseId(Guid Value) : IId<CaseId>
{
    public static CaseId From(Guid value) => new(value);
}

/// <summary>A kind of what may be wrong.</summary>
/// <param name="Name">
/// Begins with the module's name, like <c>payments.case_refund_failed</c>. Its texts stand in the module's resources: what it is called under
/// this very key, what has happened under <c>…_what</c>, with the values of the finding, and what is to be done under <c>…_do</c>.
/// </param>
/// <param name="Department">Whose work it is: a policy of <see cref="Policies"/>.</param>
/// <param name="Within">How long the department has.</param>
public sealed record CaseKind(string Name, string Department, TimeSpan Within);

/// <summary>Something that a comparison finds wrong now. Never personal data.</summary>
/// <param name="Kind">One of the comparer's.</param>
/// <param name="Key">What is wrong, among its kind: the same one is the same case, however often it is found.</param>
/// <param name="Subject">A number by which people know it: of an order, a payment, a card.</param>
/// <param name="Href">The page where one looks at it and acts.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Values">What stands in the text of what has happened, in its order.</param>
public sealed record Finding(CaseKind Kind, string Key, string Subject, string Href, Instant Since, params IReadOnlyList<NotificationValue> Values)
{
    /// <summary>The money at stake; nothing where there is none.</summary>
    public Money Amount { get; init; }
}

/// <summary>What a comparer is asked.</summary>
/// <param name="Now">The instant of the comparison.</param>
/// <param name="Since">When it was last through; null where it never was, or where it ended early.</param>
/// <param name="Open">What it has found before and nobody has seen to be right since: kind and key.</param>
public sealed record Comparison(Instant Now, Instant? Since, IReadOnlyList<(string Kind, string Key)> Open)
{
    // Rows carry the instant at which their transaction was at work, and are seen when it is through.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The span of instants that nobody has looked at yet and that are old enough: how a comparer that cannot read everything each time
    /// goes through what is new. What it has found in an earlier span stands in <see cref="OpenOf"/>, and is looked at again.
    /// </summary>
    /// <param name="patience">How long after the instant it may still come right by itself.</param>
    public (Instant From, Instant Until) Span(TimeSpan patience) =>
        (Since is { } since ? since - patience - Overlap : new Instant(0), Now - patience);

    public IReadOnlyList<string> OpenOf(CaseKind kind) => [.. Open.Where(o => o.Kind == kind.Name).Select(o => o.Key)];
}

/// <summary>
/// Compares what must agree, and tells what does not: everything that is wrong now, each time. A case that is not told of any more has come
/// right. It reads by indexes what is wrong or new, not whole tables, and finishes one query before it begins the next.
/// </summary>
public interface ICompare
{
    static abstract IReadOnlyList<CaseKind> Kinds { get; }

    IAsyncEnumerable<Finding> FindAsync(Comparison comparison, CancellationToken cancel);
}

public enum CaseState
{
    Open,
    Resolved,
}

/// <summary>What happened to a case.</summary>
public enum CaseStep
{
    /// <summary>发现.</summary>
    Opened,

    /// <summary>认领.</summary>
    Taken,

    /// <summary>转交, to a colleague or a department.</summary>
    HandedOver,

    /// <summary>备注.</summary>
    Noted,

    /// <summary>解决, by a person, who says how.</summary>
    Resolved,

    /// <summary>自动消除: the comparison does not find it any more.</summary>
    Vanished,

    /// <summary>再次出现.</summary>
    Reopened,

    /// <summary>超时.</summary>
    Overdue,
}

/// <summary>A case as a list shows it, its kind in words.</summary>
/// <param name="Owner">Who has taken it, as the audit log names them.</param>
/// <param name="IsFound">Whether the comparison still finds it.</param>
/// <param name="Since">Since when it is wrong.</param>
/// <param name="Due">Until when it has to be dealt with.</param>
public sealed record CaseSummary(
    CaseId Id, string Kind, string KindText, string Subject, string Href, string Department, string? Owner, CaseState State, bool IsFound,
    bool IsOverdue, Money Amount, Instant Since, Instant OpenedAt, Instant Due, Instant? ClosedAt);

/// <summary>A case with what there is to know of it.</summary>
/// <param name="What">What has happened.</param>
/// <param name="Advice">What is to be done.</param>
public sealed record CaseDetail(CaseSummary Case, string What, string Advice, IReadOnlyList<CaseEvent> History);

/// <summary>A step in the history of a case.</summary>
/// <param name="Actor">As the audit log names them.</param>
/// <param name="ToDepartment">Of what was handed over: to which department; null: to a person.</param>
/// <param name="ToPerson">Of what was handed over: to whom, as the audit log names them.</param>
public sealed record CaseEvent(CaseStep Step, string Actor, Instant At, string Text, string? ToDepartment, string? ToPerson);

/// <summary>Which cases a list shows.</summary>
/// <param name="Overdue">Open ones past their deadline.</param>
/// <param name="Standing">Resolved ones that the comparison still finds.</param>
/// <param name="Owner">As the audit log names them; empty: nobody's.</param>
/// <param name="Text">A subject, in full.</param>
public sealed record CaseFilter(
    CaseState? State = CaseState.Open, bool Overdue = false, bool Standing = false, string? Department = null, string? Kind = null,
    string? Owner = null, string? Text = null);

/// <summary>How many there are and how much money is at stake.</summary>
public sealed record CaseSum(int Count, Money Amount);

/// <summary>How much there is to do.</summary>
public sealed record CaseCount(int Open, int Overdue, int Nobodys, Money Amount);

/// <summary>How the last run of a comparison went.</summary>
/// <param name="Kinds">What it looks for, in words.</param>
/// <param name="Failed">It ended with an error.</param>
/// <param name="EndedEarly">It found more new cases than are opened at once: the next run goes on.</param>
public sealed record ComparisonRun(IReadOnlyList<string> Kinds, Instant? At, bool Failed, bool EndedEarly);

/// <summary>New cases of a kind, or such as have come back.</summary>
/// <param name="Only">Where it is one: which.</param>
public sealed record CasesOpened(string Kind, string Department, int Count, CaseId? Only, string Subject, Instant Due) : IEvent;

/// <summary>Somebody has taken a case or resolved it, or it is gone: nobody else has to.</summary>
public sealed record CaseSettled(CaseId Id) : IEvent;

/// <summary>Cases of a kind are past their deadline.</summary>
public sealed record CasesOverdue(string Kind, string Department, int Count) : IEvent;

/// <summary>A case has been handed to a department, or to a person.</summary>
/// <param name="By">Who did it.</param>
public sealed record CaseHandedOver(CaseId Id, string Kind, string Subject, string Department, string? Person, string By, Instant Due) : IEvent;
