namespace HaoSuan.Ledger;

/// <summary>The rows that a batch writes, in bulk. An account's row carries what is added to its balance.</summary>
internal static class Bulk
{
    public static readonly BulkInsert<AccountRow> Accounts =
        new BulkInsert<AccountRow>("ledger_account", "(tenant_id, id) do update set balance = ledger_account.balance + excluded.balance")
            .With("id", a => a.Id)
            .With("code", a => a.Code)
            .With("balance", a => a.Balance.Minor);

    public static readonly BulkInsert<EntryRow> Entries =
        new BulkInsert<EntryRow>("ledger_entry")
            .With("number", e => e.Number)
            .With("kind", e => e.Kind)
            .With("source", e => e.Source)
            .With("at", e => e.At.Microseconds)
            .With("posted_at", e => e.PostedAt.Microseconds)
            .With("memo", e => e.Memo)
            .With("order_id", e => e.OrderId?.Value)
            .With("hash", e => e.Hash);

    public static readonly BulkInsert<PostingRow> Postings =
        new BulkInsert<PostingRow>("ledger_posting")
            .With("entry_number", p => p.EntryNumber)
            .With("line", p => p.Line)
            .With("account_id", p => p.AccountId)
            .With("amount", p => p.Amount.Minor);
}
