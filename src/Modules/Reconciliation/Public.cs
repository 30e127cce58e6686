using HaoSuan.Settling.Reconciling;
using Field = HaoSuan.Settling.Reconciling.Field;

namespace HaoSuan.Reconciliation;

/// <summary>A settlement sheet of an upstream (上游结算表).</summary>
public readonly record struct SheetId(Guid Value) : IId<SheetId>
{
    public static SheetId From(Guid value) => new(value);
}

/// <summary>How far a sheet has come.</summary>
public enum SheetState
{
    /// <summary>待确认: read, and shown as it was read; nothing is matched or booked.</summary>
    Draft,

    /// <summary>处理中: matched; its differences wait for decisions.</summary>
    Open,

    /// <summary>已结清: every difference is decided.</summary>
    Closed,
}

/// <summary>What became of a difference.</summary>
public enum DifferenceStatus
{
    /// <summary>待处理.</summary>
    Open,

    /// <summary>争议中: the upstream is asked; it has an owner and a deadline, and keeps the sheet open.</summary>
    Disputed,

    /// <summary>已确认: the sheet's amount is accepted, and the effect booked.</summary>
    Confirmed,

    /// <summary>已核销: what is missing is given up. The upstream has not confirmed the stage.</summary>
    WrittenOff,

    /// <summary>挂账: the amount waits in the suspense account until it is confirmed or written off.</summary>
    Held,

    /// <summary>转入下期: expected again by a later sheet of the upstream.</summary>
    Carried,
}

/// <summary>What a person may decide about a difference.</summary>
public enum Verdict
{
    Confirm,
    Dispute,
    WriteOff,
    Hold,

    /// <summary>转下期: expected again by the next sheet, without a dispute.</summary>
    Carry,

    /// <summary>分派: somebody is named who follows it up; nothing is decided.</summary>
    Assign,
}

/// <summary>A sheet as it is handed in.</summary>
/// <param name="Period">账期: the month whose income it settles.</param>
/// <param name="Template">How to read it (docs/reconciliation.md, Templates); null: as the upstream's last template says, or as the header reads.</param>
public sealed record NewSheet(UpstreamId UpstreamId, Month Period, string FileName, byte[] Content, byte[]? Template = null);

/// <summary>What came of an upload.</summary>
/// <param name="Known">The same file was uploaded before: this is that sheet, and nothing has changed.</param>
public sealed record Uploaded(SheetId Id, bool Known);

/// <summary>A decision.</summary>
/// <param name="Note">Why, for the record. Never personal data.</param>
/// <param name="Owner">For a dispute and an assignment: who follows it up.</param>
/// <param name="Due">For a dispute: until when; an assignment may do without.</param>
public sealed record Decision(Verdict Verdict, string Note = "", string? Owner = null, DateOnly? Due = null);

/// <summary>A sheet with its totals. Before it is opened only those of the file are known.</summary>
public sealed record SheetSummary(
    SheetId Id, UpstreamId UpstreamId, Month Period, string FileName, SheetState State, int Rows, int Lines,
    Money SheetTotal, Money ExpectedTotal, int TemplateVersion, Instant UploadedAt, Instant? OpenedAt, Instant? ClosedAt)
{
    /// <summary>Whether the file's total is what was expected with what all differences change. False: a bug, or somebody changed the tables.</summary>
    public bool TiesTo(IReadOnlyList<ClassSummary> classes)
    {
        var expected = classes.Aggregate(Money.Zero, (sum, c) => sum + c.Expected);
        return expected == ExpectedTotal && SheetTotal == classes.Aggregate(expected, (sum, c) => sum + c.Effect);
    }
}

/// <summary>The differences of one class.</summary>
/// <param name="Undecided">How many are open or disputed.</param>
public sealed record ClassSummary(Difference Class, int Count, int Undecided, Money Expected, Money Sheet, Money Effect);

/// <summary>One difference: what we expected, what the sheet says, and what that does to its total.</summary>
/// <param name="Row">The row of the file, counted from 1; null where the sheet is silent.</param>
/// <param name="EarnedOn">When the line was earned, where it is booked.</param>
public sealed record DifferenceView(
    int Number, Difference Class, OrderId? OrderId, string? OrderNo, string Stage, string Instance, int? Row, string Reference,
    Money Expected, Money Sheet, Money Effect, string? SheetStatus, Month? Period, DateOnly? EarnedOn, DifferenceStatus Status, string? Owner, DateOnly? Due);

/// <summary>One column of a draft: which field is read from where.</summary>
public sealed record ColumnTaken(Field Field, string Column, string Header, IReadOnlyList<string> Examples);

/// <summary>A draft as it was read, before anything is matched.</summary>
public sealed record SheetPreview(SheetSummary Sheet, int HeaderRow, IReadOnlyList<ColumnTaken> Columns, IReadOnlyList<Month> Periods);

/// <summary>A sheet was matched, and it and the books differ.</summary>
/// <param name="Effect">The sheet's total less what was expected.</param>
/// <param name="By">Who has opened it, as the audit log names people.</param>
public sealed record DifferencesFound(SheetId SheetId, UpstreamId UpstreamId, Month Period, int Count, Money Effect, string By) : IEvent;
