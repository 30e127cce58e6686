namespace HaoSuan.Reconciliation;

/// <summary>Money that an upstream has paid (上游回款).</summary>
public readonly record struct ReceiptId(Guid Value) : IId<ReceiptId>
{
    public static ReceiptId From(Guid value) => new(value);
}

/// <summary>A bank's account statement that was handed in (银行流水).</summary>
public readonly record struct BankFileId(Guid Value) : IId<BankFileId>
{
    public static BankFileId From(Guid value) => new(value);
}

/// <summary>A receipt as finance enters it by hand.</summary>
/// <param name="BankNo">The bank's own number for it: the same one is the same money.</param>
/// <param name="Note">Why it is entered by hand. Never personal data.</param>
public sealed record NewReceipt(UpstreamId UpstreamId, Money Amount, DateOnly ReceivedOn, string BankNo, string Note);

/// <summary>A receipt as it is booked.</summary>
/// <param name="ByHand">It stands in no statement that was handed in.</param>
/// <param name="ReverseReason">Where it was taken back: why.</param>
public sealed record ReceiptView(
    ReceiptId Id, UpstreamId UpstreamId, Money Amount, DateOnly ReceivedOn, string BankNo, string Note, bool ByHand, long EntryId, Instant RecordedAt,
    string RecordedBy, Instant? ReversedAt, string? ReversedBy, string? ReverseReason);

/// <summary>What a movement of the bank account is.</summary>
public enum BankLineState
{
    /// <summary>待认领: nobody has said what it is.</summary>
    Open,

    /// <summary>上游回款: booked as a receipt.</summary>
    Receipt,

    /// <summary>与本系统无关, or booked elsewhere: somebody has said what it is.</summary>
    Other,
}

/// <summary>A movement of the bank account. Of a counterparty that is no upstream only the masked name is kept.</summary>
/// <param name="Upstream">Whose name the counterparty has.</param>
/// <param name="Note">What somebody has said it is.</param>
public sealed record BankLineView(
    BankFileId FileId, int Number, DateOnly Day, Money Amount, Money? Balance, string Serial, string Counterparty, UpstreamId? Upstream,
    BankLineState State, string Note, string? DecidedBy, Instant? DecidedAt, ReceiptId? Receipt);

/// <summary>A statement with its sums: what came in and went out is what is claimed and what is still open.</summary>
/// <param name="Open">Movements that nobody has claimed, and what they come to.</param>
/// <param name="Claimed">What the others come to.</param>
public sealed record BankFileView(
    BankFileId Id, string FileName, DateOnly From, DateOnly Until, int Lines, Money In, Money Out, int OpenCount, Money Open, Money Claimed,
    Instant UploadedAt, string UploadedBy)
{
    public bool Ties => In - Out == Open + Claimed;
}

/// <summary>What came of a statement that was handed in.</summary>
/// <param name="Known">The same file was there before; nothing has changed.</param>
/// <param name="Added">Movements that were new.</param>
/// <param name="Before">Movements that an earlier statement already had.</param>
public sealed record BankImported(BankFileId Id, bool Known, int Added, int Before);
