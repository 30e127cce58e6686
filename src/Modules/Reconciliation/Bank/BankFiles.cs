namespace HaoSuan.Reconciliation;

/// <summary>Statements of the bank account and their movements, as finance reads them.</summary>
public sealed class BankFiles(Db db)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<BankFileView>> AllAsync(int skip, int take, CancellationToken cancel = default) =>
        await ViewAsync(db.BankFiles.OrderByDescending(f => f.UploadedAt).ThenBy(f => f.Id).Skip(skip).Take(take), cancel);

    public Task<int> CountAsync(CancellationToken cancel = default) => db.BankFiles.CountAsync(cancel);

    public async Task<BankFileView?> FindAsync(BankFileId id, CancellationToken cancel = default) =>
        (await ViewAsync(db.BankFiles.Where(f => f.Id == id), cancel)).SingleOrDefault();

    /// <summary>What nobody has claimed first, then by row.</summary>
    public async Task<IReadOnlyList<BankLineView>> LinesAsync(BankFileId id, int skip, int take, CancellationToken cancel = default) =>
        [.. (await db.BankLines.AsNoTracking().Where(l => l.FileId == id).OrderBy(l => l.State == BankLineState.Open ? 0 : 1).ThenBy(l => l.Number)
            .Skip(skip).Take(take).ToListAsync(cancel)).Select(l => new BankLineView(
                l.FileId, l.Number, l.Day, l.Amount, l.Balance is { } balance ? new Money(balance) : null, l.Serial, l.Counterparty, l.UpstreamId, l.State,
                l.Note, l.DecidedBy, l.DecidedAt, l.ReceiptId))];

    private async Task<IReadOnlyList<BankFileView>> ViewAsync(IQueryable<BankFileRow> files, CancellationToken cancel)
    {
        var rows = await files.AsNoTracking().ToListAsync(cancel);
        var ids = rows.ConvertAll(r => r.Id);
        var sums = await db.BankLines.Where(l => ids.Contains(l.FileId)).GroupBy(l => l.FileId).Select(g => new
        {
            g.Key,
            In = g.Where(l => l.Amount.Minor > 0).Sum(l => l.Amount.Minor),
            Out = g.Where(l => l.Amount.Minor < 0).Sum(l => -l.Amount.Minor),
            OpenCount = g.Count(l => l.State == BankLineState.Open),
            Open = g.Where(l => l.State == BankLineState.Open).Sum(l => l.Amount.Minor),
            Claimed = g.Where(l => l.State != BankLineState.Open).Sum(l => l.Amount.Minor),
        }).ToDictionaryAsync(s => s.Key, cancel);
        return rows.ConvertAll(r => sums.GetValueOrDefault(r.Id) is { } s
            ? new BankFileView(
                r.Id, r.FileName, r.FromDay, r.UntilDay, r.LineCount, new(s.In), new(s.Out), s.OpenCount, new(s.Open), new(s.Claimed), r.UploadedAt,
                r.UploadedBy)
            : new BankFileView(r.Id, r.FileName, r.FromDay, r.UntilDay, 0, default, default, 0, default, default, r.UploadedAt, r.UploadedBy));
    }
}
