using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>Runs (结算批次) and what they have posted.</summary>
public sealed class Runs(Db db)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<RunReport>> AllAsync(int skip, int take, CancellationToken cancel = default) =>
        [.. (await db.Runs.AsNoTracking().OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id)
            .Skip(skip).Take(take).ToListAsync(cancel))
            .Select(r => r.ToReport())];

    public Task<int> CountAsync(CancellationToken cancel = default) => db.Runs.CountAsync(cancel);

    public async Task<RunReport?> FindAsync(RunId id, CancellationToken cancel = default) =>
        (await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel))?.ToReport();

    /// <summary>What all runs together have come to.</summary>
    public async Task<RunTotals> TotalsAsync(CancellationToken cancel = default) =>
        new(new(await db.Runs.SumAsync(r => r.Sales.Minor, cancel)),
            new(await db.Runs.SumAsync(r => r.Upstream.Minor, cancel)),
            new(await db.Runs.SumAsync(r => r.Commission.Minor, cancel)));

    /// <summary>What a run has posted for each distributor, the largest first.</summary>
    public async Task<IReadOnlyList<RunShare>> SharesAsync(RunId id, CancellationToken cancel = default)
    {
        var rows = await db.Lines.Where(l => l.RunId == id).GroupBy(l => l.DistributorId).Select(g => new
        {
            g.Key,
            Pending = g.Sum(l => l.State == State.Pending ? l.Amount.Minor : 0),
            Available = g.Sum(l => l.State == State.Available ? l.Amount.Minor : 0),
            Lines = g.Count(),
        }).ToListAsync(cancel);
        return [.. rows.Select(r => new RunShare(r.Key, new(r.Pending), new(r.Available), r.Lines))
            .OrderByDescending(r => r.Pending + r.Available)];
    }
}
