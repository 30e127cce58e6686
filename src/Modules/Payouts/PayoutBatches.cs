namespace HaoSuan.Payouts;

/// <summary>Batches as finance reads them.</summary>
public sealed class PayoutBatches(Db db, Holds holds)
{
    /// <summary>How many wait for a batch, and what would go out.</summary>
    public async Task<(int Count, Money Net)> UnpaidAsync(CancellationToken cancel = default) =>
        (await Waiting.CountAsync(cancel), new(await Waiting.SumAsync(p => p.Amount.Minor - p.Tax.Minor - p.Fee.Minor, cancel)));

    public async Task<IReadOnlyList<WaitingPayouts>> WaitingAsync(CancellationToken cancel = default)
    {
        var waiting = await Waiting.ToListAsync(cancel);
        var held = await holds.OfAsync(waiting.Select(p => p.DistributorId), cancel);
        return [.. waiting.GroupBy(p => p.Method).OrderBy(g => g.Key).Select(g => new WaitingPayouts(
            g.Key, g.Count(), g.Aggregate(Money.Zero, (sum, p) => sum + p.Net), g.Count(p => held.ContainsKey(p.DistributorId))))];
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<BatchView>> ListAsync(int skip, int take, CancellationToken cancel = default) =>
        await ViewAsync(db.PayoutBatches.OrderByDescending(b => b.MadeAt).Skip(skip).Take(take), cancel);

    public async Task<BatchView?> FindAsync(Guid id, CancellationToken cancel = default) =>
        (await ViewAsync(db.PayoutBatches.Where(b => b.Id == id), cancel)).SingleOrDefault();

    public async Task<IReadOnlyList<BatchLine>> LinesAsync(Guid id, CancellationToken cancel = default)
    {
        var lines = await db.PayoutBatchLines.AsNoTracking().Where(l => l.BatchId == id).OrderBy(l => l.Reference)
            .Join(db.Payouts, l => l.PayoutId, p => p.Id, (l, p) => new { Line = l, Payout = p }).ToListAsync(cancel);
        return [.. lines.Select(l => new BatchLine(
            l.Payout.Id, l.Payout.Number, l.Line.Reference, l.Payout.DistributorId, l.Line.Amount, l.Payout.Status, l.Payout.SentAt is not null,
            l.Payout.BatchId != id, l.Payout.Reason ?? l.Payout.ChannelNo))];
    }

    /// <summary>What the files of results have said, the newest file first.</summary>
    public async Task<IReadOnlyList<(Instant ReadAt, IReadOnlyList<ResultLine> Lines)>> ResultsAsync(Guid id, CancellationToken cancel = default)
    {
        var files = await db.PayoutResultFiles.AsNoTracking().Where(f => f.BatchId == id).OrderByDescending(f => f.ReadAt).ToListAsync(cancel);
        var ids = files.ConvertAll(f => f.Id);
        var lines = (await db.PayoutResultLines.AsNoTracking().Where(l => ids.Contains(l.FileId)).OrderBy(l => l.Line).ToListAsync(cancel))
            .ToLookup(l => l.FileId);
        return [.. files.Select(f => (f.ReadAt,
            (IReadOnlyList<ResultLine>)[.. lines[f.Id].Select(l => new ResultLine(l.Line, l.Reference, l.Outcome, l.Note))]))];
    }

    private IQueryable<PayoutRow> Waiting =>
        db.Payouts.AsNoTracking().Where(p => p.Status == PayoutStatus.Approved && p.BatchId == null && p.SentAt == null);

    private async Task<IReadOnlyList<BatchView>> ViewAsync(IQueryable<PayoutBatchRow> query, CancellationToken cancel)
    {
        var batches = await query.AsNoTracking().ToListAsync(cancel);
        var ids = batches.ConvertAll(b => b.Id);
        var lines = (await db.PayoutBatchLines.AsNoTracking().Where(l => ids.Contains(l.BatchId))
            .Join(db.Payouts, l => l.PayoutId, p => p.Id, (l, p) => new { l.BatchId, l.Amount.Minor, p.Status, Left = p.BatchId != l.BatchId })
            .ToListAsync(cancel)).ToLookup(l => l.BatchId);
        return [.. batches.Select(b => new BatchView(
            b.Id, b.Number, b.Method, b.Format, b.MadeAt, lines[b.Id].Count(), new(lines[b.Id].Sum(l => l.Minor)),
            lines[b.Id].Count(l => !l.Left && l.Status == PayoutStatus.Paid), lines[b.Id].Count(l => l.Left || l.Status == PayoutStatus.Failed)))];
    }
}
