namespace HaoSuan.Ledger;

/// <summary>The rows that a batch writes, in bulk.</summary>
internal static class Bulk
{
    public static readonly BulkInsert<AccountRow> Accounts = new BulkInsert<AccountRow>("ledger_account").With("id", a => a.Id).With("code", a => a.Code);

    public static readonly BulkInsert<BatchRow> Batches = new BulkInsert<BatchRow>("ledger_batch")
        .With("id", b => b.Id).With("entries", b => b.Entries).With("posted_at", b => b.PostedAt.Microseconds)
        .With("salt", b => b.Salt).With("root", b => b.Root);

    public static readonly BulkInsert<UnsealedRow> Unsealed = new BulkInsert<UnsealedRow>("ledger_unsealed")
        .With("batch_id", u => u.BatchId).With("movements", u => u.Movements);

    public static readonly BulkInsert<EntryRow> Entries = new BulkInsert<EntryRow>("ledger_entry", copyInto: "ledger_entry_rows")
        .With("id", e => e.Id).With("period", e => e.Period.Number).With("kind", e => e.Kind).With("source", e => e.Source)
        .With("at", e => e.At.Microseconds).With("memo", e => e.Memo).With("order_id", e => e.OrderId?.Value);

    public static readonly BulkInsert<PostingRow> Postings = new BulkInsert<PostingRow>("ledger_posting", copyInto: "ledger_posting_rows")
        .With("period", p => p.Period.Number).With("entry_id", p => p.EntryId).With("line", p => p.Line).With("account_id", p => p.AccountId)
        .With("amount", p => p.Amount.Minor).With("label", p => p.Label);

    public static readonly BulkInsert<SealRow> Seals = new BulkInsert<SealRow>("ledger_seal")
        .With("batch_id", s => s.BatchId).With("height", s => s.Height).With("position", s => s.Position)
        .With("first_number", s => s.FirstNumber);
}
