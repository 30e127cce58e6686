using HaoSuan.Catalog;
using HaoSuan.Ledger;

namespace HaoSuan.Reconciliation;

/// <summary>
/// Books what an upstream has paid (收上游款): the bank account has more, the upstream owes less. By a movement of a statement, or by hand with the
/// reason. The same number of the bank is booked once; what was booked wrongly is taken back by the counter-entry.
/// </summary>
public sealed class RecordReceipts(Db db, Journal journal, Products products, Actor actor, Audit audit, TenantScope tenant, TimeProvider time)
{
    private const int LongestNote = 200;
    private const int LongestBankNo = 80;

    public Task<Result<ReceiptId>> ByHandAsync(NewReceipt receipt, CancellationToken cancel = default) => db.InTransaction<Result<ReceiptId>>(async () =>
    {
        if (string.IsNullOrWhiteSpace(receipt.Note) || receipt.Note.Length > LongestNote)
            return new Refusal("reconciliation.reason_missing", LongestNote).On("note");
        return await AddAsync(receipt, byHand: true, cancel);
    }, cancel);

    /// <summary>Books a movement that came in as what an upstream has paid. Its line is held by the caller.</summary>
    internal async Task<Result<ReceiptId>> OfLineAsync(BankLineRow line, UpstreamId upstream, string note, CancellationToken cancel) =>
        await AddAsync(new(upstream, line.Amount, line.Day, line.Serial, note), byHand: false, cancel);

    /// <summary>Takes a receipt back. A movement that it was booked by waits for somebody again.</summary>
    public Task<Result<Done>> ReverseAsync(ReceiptId id, string reason, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        var words = reason.Trim();
        if (words.Length is 0 or > LongestNote) return new Refusal("reconciliation.reason_missing", LongestNote).On("reason");
        if (await db.Receipts.Where(r => r.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { ReversedAt: null } row)
            return new Refusal("reconciliation.receipt_reversed");
        row.ReverseEntryId = await journal.PostAsync(
            new Entry("receipt", $"receipt:{id.Value}:reversed", time.Now, $"撤销回款 {row.BankNo}", Postings(row.UpstreamId, -row.Amount)), cancel);
        (row.ReversedAt, row.ReversedBy, row.ReverseReason) = (time.Now, actor.Name, words);
        audit.Record("receipt.reversed", $"receipt:{id.Value}", $"{row.Amount} {words}");
        if (await db.BankLines.FirstOrDefaultAsync(l => l.ReceiptId == id, cancel) is { } line)
            (line.State, line.ReceiptId, line.DecidedAt, line.DecidedBy, line.Note) = (BankLineState.Open, null, null, null, "");
        return default(Done);
    }, cancel);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ReceiptView>> ListAsync(UpstreamId? upstream, int skip, int take, CancellationToken cancel = default) =>
        await Of(upstream).AsNoTracking().OrderByDescending(r => r.ReceivedOn).ThenByDescending(r => r.Id).Skip(skip).Take(take)
            .Select(r => new ReceiptView(
                r.Id, r.UpstreamId, r.Amount, r.ReceivedOn, r.BankNo, r.Note, r.ByHand, r.EntryId, r.RecordedAt, r.RecordedBy, r.ReversedAt, r.ReversedBy,
                r.ReverseReason))
            .ToListAsync(cancel);

    public Task<int> CountAsync(UpstreamId? upstream, CancellationToken cancel = default) => Of(upstream).CountAsync(cancel);

    /// <summary>What has come in and was not taken back.</summary>
    public async Task<Money> SumAsync(UpstreamId? upstream, CancellationToken cancel = default) =>
        new(await Of(upstream).Where(r => r.ReversedAt == null).SumAsync(r => r.Amount.Minor, cancel));

    private IQueryable<ReceiptRow> Of(UpstreamId? upstream) => upstream is { } one ? db.Receipts.Where(r => r.UpstreamId == one) : db.Receipts;

    private async Task<Result<ReceiptId>> AddAsync(NewReceipt receipt, bool byHand, CancellationToken cancel)
    {
        var bankNo = receipt.BankNo.Trim();
        if (await products.UpstreamAsync(receipt.UpstreamId, cancel) is null) return new Refusal("reconciliation.upstream_unknown").On("upstream");
        if (receipt.Amount <= Money.Zero) return new Refusal("reconciliation.receipt_amount").On("amount");
        if (receipt.ReceivedOn == default || receipt.ReceivedOn > tenant.Zone.DateOf(time.Now))
            return new Refusal("reconciliation.receipt_day").On("day");
        if (bankNo.Length is 0 or > LongestBankNo) return new Refusal("reconciliation.receipt_bank_no", LongestBankNo).On("bankNo");
        if (await db.Receipts.AnyAsync(r => r.BankNo == bankNo && r.ReversedAt == null, cancel))
            return new Refusal("reconciliation.receipt_known", bankNo).On("bankNo");
        var id = NewId.Of<ReceiptId>(time);
        var entry = await journal.PostAsync(
            new Entry("receipt", $"receipt:{id.Value}", tenant.Zone.StartOf(receipt.ReceivedOn), $"回款 {bankNo}", Postings(receipt.UpstreamId, receipt.Amount)),
            cancel);
        db.Add(new ReceiptRow
        {
            Id = id,
            UpstreamId = receipt.UpstreamId,
            Amount = receipt.Amount,
            ReceivedOn = receipt.ReceivedOn,
            BankNo = bankNo,
            Note = receipt.Note.Trim(),
            ByHand = byHand,
            EntryId = entry,
            RecordedAt = time.Now,
            RecordedBy = actor.Name,
        });
        var how = byHand ? "by hand" : "by statement";
        audit.Record("receipt.recorded", $"receipt:{id.Value}", $"upstream:{receipt.UpstreamId.Value} {receipt.Amount} {how}");
        await db.SaveOrRunAgainAsync(cancel);
        return id;
    }

    private static Posting[] Postings(UpstreamId upstream, Money amount) =>
        [new(Accounts.Bank, amount), new(Accounts.UpstreamReceivable(upstream), -amount)];
}
