using HaoSuan.Settlements;

namespace HaoSuan.Appeals;

/// <summary>An appeal (申诉): a distributor contests what a stage of an order has brought.</summary>
public readonly record struct AppealId(Guid Value) : IId<AppealId>
{
    public static AppealId From(Guid value) => new(value);
}

/// <summary>How far an appeal has come.</summary>
public enum AppealState
{
    /// <summary>待处理: the office has to act before the deadline.</summary>
    Open,

    /// <summary>待补充: the office has asked; the deadline waits for the answer.</summary>
    NeedsInfo,

    /// <summary>已处理.</summary>
    Decided,

    /// <summary>撤回, by the distributor.</summary>
    Withdrawn,
}

/// <summary>What was decided.</summary>
public enum Verdict
{
    /// <summary>成立.</summary>
    Upheld,

    /// <summary>驳回.</summary>
    Rejected,
}

/// <summary>What a message of the thread does.</summary>
public enum MessageKind
{
    Opened,
    Said,

    /// <summary>The office asks for more.</summary>
    Asked,
    Upheld,
    Rejected,
    Withdrawn,
    Reopened,
}

/// <param name="WorkingDays">How many working days the office has.</param>
/// <param name="ReopenDays">For how many days after a rejection it may be reopened.</param>
public sealed record AppealPolicy(int WorkingDays, int ReopenDays)
{
    public static readonly AppealPolicy Default = new(WorkingDays: 5, ReopenDays: 7);
}

/// <summary>A message as it is handed in.</summary>
/// <param name="Files">Pictures and PDF files.</param>
/// <param name="Key">The form's own name: the same one again is the same message.</param>
public sealed record NewMessage(string Text, IReadOnlyList<byte[]> Files, string Key)
{
    /// <summary>What somebody types is not written anywhere by mistake.</summary>
    public override string ToString() => "Message";
}

/// <summary>What is asked of <see cref="OpenAppeal"/>.</summary>
/// <param name="Stage">The stage's name as the order's reasons have it; empty: the order as a whole.</param>
public sealed record NewAppeal(DistributorId Distributor, OrderId Order, string Stage, NewMessage Message);

/// <summary>What a decision does to the order's facts.</summary>
public abstract record FactChange
{
    private FactChange() { }

    public sealed record Nothing : FactChange;

    /// <summary>Something has happened that nobody told.</summary>
    public sealed record Add(string Kind, Instant At, Money Amount, IReadOnlyDictionary<string, string> Attributes) : FactChange;

    /// <summary>Something was told that has not happened.</summary>
    public sealed record Void(FactId Fact) : FactChange;
}

/// <summary>An appeal as a list shows it.</summary>
/// <param name="Stage">Empty: the order as a whole.</param>
/// <param name="Due">The last day of the office.</param>
/// <param name="Owner">Who has taken it, as the audit log names them.</param>
/// <param name="ReopensUntil">For a rejected one that may be reopened: until then.</param>
public sealed record AppealSummary(
    AppealId Id, string Number, OrderId OrderId, string OrderNo, ProductId ProductId, string Stage, DistributorId Distributor,
    AppealState State, Verdict? Verdict, DateOnly Due, bool IsOverdue, string? Owner, Instant OpenedAt, Instant? DecidedAt, Instant? ReopensUntil)
{
    public bool IsOpen => State is AppealState.Open or AppealState.NeedsInfo;
}

/// <summary>An appeal with its thread.</summary>
public sealed record AppealDetail(AppealSummary Appeal, IReadOnlyList<AppealMessage> Messages);

/// <param name="ByOffice">Otherwise by the distributor.</param>
/// <param name="Author">As the audit log names them.</param>
public sealed record AppealMessage(
    int Number, MessageKind Kind, bool ByOffice, string Author, Instant At, string Text, IReadOnlyList<AppealFile> Files);

/// <param name="Number">Counted through the appeal.</param>
public sealed record AppealFile(int Number, string MediaType, int Bytes)
{
    public bool IsPicture => MediaType.StartsWith("image/", StringComparison.Ordinal);
}

/// <summary>A fact that a decision told, in words.</summary>
public sealed record ToldFact(string Words, Instant At, Instant RecordedAt);

/// <summary>What came of an appeal.</summary>
public sealed record Followed(IReadOnlyList<ToldFact> Facts, IReadOnlyList<CommissionLine> Lines);

/// <summary>Which appeals a list shows.</summary>
/// <param name="Owner">As the audit log names them; empty: nobody's.</param>
/// <param name="Text">The number of the appeal or of the order, in full.</param>
public sealed record AppealFilter(
    AppealState? State = null, bool Overdue = false, string? Owner = null, DistributorId? Distributor = null, string? Text = null);

/// <summary>How much there is to do.</summary>
/// <param name="Open">Waits for the office.</param>
/// <param name="Overdue">How many of these are past their deadline.</param>
/// <param name="NeedsInfo">Waits for the distributor.</param>
public sealed record AppealCount(int Open, int Overdue, int NeedsInfo);

/// <summary>An appeal was opened, asked about, answered, decided, withdrawn or reopened.</summary>
/// <param name="ByOffice">Otherwise by the distributor.</param>
/// <param name="Due">The last day of the office.</param>
public sealed record AppealMoved(
    AppealId AppealId, string Number, DistributorId Distributor, MessageKind Kind, AppealState State, bool ByOffice = false, DateOnly Due = default) : IEvent;
