using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>Runs (结算批次) and what they have posted.</summary>
public sealed class Runs(Db db, Books books)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<RunReport>> AllAsync(int skip, int take, CancellationToken cancel = default) =>
        await ReportsAsync(db.Runs.OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Skip(skip).Take(take), cancel);

    public Task<int> CountAsync(CancellationToken cancel = default) => db.Runs.CountAsync(cancel);

    public async Task<RunReport?> FindAsync(RunId id, CancellationToken cancel = default) =>
        (await ReportsAsync(db.Runs.Where(r => r.Id == id), cancel)).SingleOrDefault();

    /// <summary>What all runs together have come to.</summary>
    public async Task<RunTotals> TotalsAsync(CancellationToken cancel = default) =>
        new(new(await db.Parts.SumAsync(p => p.Sales.Minor, cancel)),
            new(await db.Parts.SumAsync(p => p.Upstream.Minor, cancel)),
            new(await db.Parts.SumAsync(p => p.Commission.Minor, cancel)));

    /// <summary>What a run has posted for each distributor, the largest first.</summary>
    public async Task<IReadOnlyList<RunShare>> SharesAsync(RunId id, CancellationToken cancel = default)
    {
        var batches = await db.Parts.Where(p => p.RunId == id && p.BatchId != null).Select(p => p.BatchId!.Value).ToListAsync(cancel);
        return [.. (await books.OfBatchesAsync(Accounts.Distributors, batches, cancel))
            .GroupBy(m => Accounts.DistributorOf(m.Account)!.Value)
            .Select(g => new RunShare(g.Key, Sum(g, Accounts.Pending(g.Key)), Sum(g, Accounts.Available(g.Key)), g.Sum(m => m.Postings)))
            .OrderByDescending(r => r.Pending + r.Available)];
    }

    private async Task<IReadOnlyList<RunReport>> ReportsAsync(IQueryable<RunRow> runs, CancellationToken cancel)
    {
        var rows = await runs.AsNoTracking().ToListAsync(cancel);
        var ids = rows.ConvertAll(r => r.Id);
        var sums = await db.Parts.Where(p => EF.Parameter(ids).Contains(p.RunId)).GroupBy(p => p.RunId).Select(g => new
        {
            g.Key,
            Orders = g.Sum(p => p.Orders),
            Refused = g.Sum(p => p.Refused),
            Entries = g.Sum(p => p.Entries),
            Sales = g.Sum(p => p.Sales.Minor),
            Upstream = g.Sum(p => p.Upstream.Minor),
            Commission = g.Sum(p => p.Commission.Minor),
        }).ToDictionaryAsync(p => p.Key, cancel);
        return rows.ConvertAll(r => sums.GetValueOrDefault(r.Id) is { } p
            ? new RunReport(r.Id, r.AsOf, r.StartedAt, r.FinishedAt, p.Orders, p.Refused, p.Entries, new(p.Sales), new(p.Upstream), new(p.Commission))
            : new RunReport(r.Id, r.AsOf, r.StartedAt, r.FinishedAt, 0, 0, 0, Money.Zero, Money.Zero, Money.Zero));
    }

    private static Money Sum(IEnumerable<(Account Account, Money Amount, int Postings)> movements, Account account) =>
        movements.Where(m => m.Account == account).Aggregate(Money.Zero, (sum, m) => sum - m.Amount);
}
