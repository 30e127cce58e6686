using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Reconciliation;

/// <summary>Names a difference among all sheets.</summary>
public readonly record struct DifferenceKey(SheetId Sheet, int Number);

/// <summary>In which order the work list stands.</summary>
public enum WorkOrder
{
    /// <summary>The largest amount first, whichever way it goes.</summary>
    Amount,

    /// <summary>The oldest first.</summary>
    Age,
}

/// <summary>Which of the differences that wait the work list shows; what is left out is not asked for.</summary>
/// <param name="Status">Open, disputed or held; null: all of them.</param>
/// <param name="Owner">Empty: those that nobody has.</param>
/// <param name="OlderThan">In days since the sheet was matched.</param>
/// <param name="AtLeast">The size of the effect, either way.</param>
/// <param name="Text">An order number or a reference of the sheet, in full.</param>
public sealed record WorkFilter(
    UpstreamId? Upstream = null, Difference? Class = null, DifferenceStatus? Status = null, string? Owner = null, int? OlderThan = null,
    Money? AtLeast = null, string? Text = null);

/// <summary>A difference of the work list with the sheet that it is of.</summary>
/// <param name="Since">When the sheet was matched.</param>
public sealed record WorkItem(SheetId SheetId, UpstreamId UpstreamId, Month Period, Instant Since, DifferenceView Difference)
{
    public DifferenceKey Key => new(SheetId, Difference.Number);
}

/// <summary>How many differences, what they change, and how large they are without their signs.</summary>
public readonly record struct WorkSum(int Count, Money Effect, Money Size)
{
    public static WorkSum operator +(WorkSum a, WorkSum b) => new(a.Count + b.Count, a.Effect + b.Effect, a.Size + b.Size);
}

/// <summary>The differences of one class that wait, by age: at most 7, 30, 60 days, and older.</summary>
public sealed record WorkRow(Difference Class, IReadOnlyList<WorkSum> Ages)
{
    public WorkSum Sum => Ages.Aggregate((a, b) => a + b);
}

/// <summary>
/// Everything that waits, of the sheets that it is in. It ties out: what the sheets pay is what was expected, what is decided and what waits.
/// </summary>
public sealed record WorkSummary
{
    public WorkSummary(IReadOnlyList<WorkRow> rows, int disputed, int held, int nobodys, Money expected, Money decided, Money sheets) =>
        (Rows, Disputed, Held, Nobodys, Expected, Decided, Sheets) = (rows, disputed, held, nobodys, expected, decided, sheets);

    public IReadOnlyList<WorkRow> Rows { get; }
    public int Disputed { get; }
    public int Held { get; }
    public int Nobodys { get; }

    /// <summary>What the sheets were expected to pay.</summary>
    public Money Expected { get; }

    /// <summary>Effects that are decided.</summary>
    public Money Decided { get; }

    /// <summary>What the sheets pay.</summary>
    public Money Sheets { get; }

    public WorkSum Waiting => Rows.Aggregate(default(WorkSum), (sum, row) => sum + row.Sum);

    /// <summary>False: a bug, or somebody changed the tables.</summary>
    public bool Ties => Expected + Decided + Waiting.Effect == Sheets;
}

/// <summary>A decision as it stands on record.</summary>
/// <param name="Reverses">The earlier decision that this one takes back, by its sequence.</param>
/// <param name="EntryId">What it has booked.</param>
public sealed record DecisionView(
    int Sequence, DifferenceStatus Status, Instant At, string By, string Note, string? Owner, DateOnly? Due, int? Reverses, RuleId? Rule, long? EntryId);

/// <summary>One difference with the row of the file and everything that was decided about it.</summary>
/// <param name="Cells">The row as the file has it, by the letters of its columns; none where the sheet is silent.</param>
/// <param name="CanReverse">Whether its last decision can be taken back.</param>
public sealed record DifferenceDetail(
    SheetSummary Sheet, DifferenceView Difference, IReadOnlyList<(string Column, string Text)> Cells, IReadOnlyList<DecisionView> Decisions, bool CanReverse);

/// <summary>A rule that decides small differences (自动处理规则).</summary>
public readonly record struct RuleId(Guid Value) : IId<RuleId>
{
    public static RuleId From(Guid value) => new(value);
}

public enum RuleKind
{
    /// <summary>小额差异: amounts that differ by little are confirmed, while all of them together stay below a cap for each sheet.</summary>
    SmallAmount,

    /// <summary>账期偏移: the upstream's month ends on a day; what is earned later is missing in its sheet, and comes with the next one.</summary>
    PeriodShift,
}

/// <summary>A rule as finance sets it.</summary>
/// <param name="From">From which day on it decides about sheets that are matched.</param>
/// <param name="Threshold">For small amounts: up to which difference.</param>
/// <param name="Cap">For small amounts: up to which sum of them in one sheet; where they are more, a person decides.</param>
/// <param name="Cutoff">For a shift: the last day of the upstream's month, 1 to 28.</param>
public sealed record NewRule(UpstreamId UpstreamId, RuleKind Kind, DateOnly From, Money Threshold = default, Money Cap = default, int Cutoff = 0);

/// <summary>A rule with what it has decided.</summary>
/// <param name="EndedOn">The first day on which it does not hold any more.</param>
public sealed record RuleView(
    RuleId Id, UpstreamId UpstreamId, RuleKind Kind, DateOnly From, Money Threshold, Money Cap, int Cutoff, string SetBy, Instant SetAt,
    DateOnly? EndedOn, string? EndedBy, int Decided);

/// <summary>What came of an upstream's answers about disputes.</summary>
/// <param name="Agreed">It pays the line in full with its next sheet.</param>
/// <param name="Noted">It answers otherwise: still disputed.</param>
/// <param name="Skipped">Not disputed any more, or answered so before.</param>
public sealed record AnswersRead(int Agreed, int Noted, int Skipped);
