using HaoSuan.Catalog;

namespace HaoSuan.Settlements;

/// <summary>
/// Removes the single orders and bonuses of shadow runs that nobody decides by any more: a run's are kept for 180 days, and for 30 once
/// its version is approved or rejected. The sums, by reason, stage and distributor, stay.
/// </summary>
internal sealed class RemoveShadowDetails(Db db, Schemes schemes, TimeProvider time) : IRecurring
{
    public const string Name = "remove-shadow-details";

    /// <summary>At ten past four in Shanghai.</summary>
    public const string Cron = "0 10 20 * * ?";

    public const int KeptDays = 180;
    public const int KeptDaysOnceDecided = 30;
    private const int Chunk = 5_000;

    public async Task RunAsync(CancellationToken cancel)
    {
        Instant? decided = time.Now - TimeSpan.FromDays(KeptDaysOnceDecided);
        var old = await db.ShadowRuns.AsNoTracking().Where(r => r.FinishedAt < decided && r.DetailsRemovedAt == null)
            .OrderBy(r => r.FinishedAt).Select(r => new { r.Id, r.ProductId, r.Version, r.FinishedAt }).ToListAsync(cancel);
        foreach (var run in old)
        {
            var isOver = run.FinishedAt < time.Now - TimeSpan.FromDays(KeptDays)
                || (await schemes.FindVersionAsync(run.ProductId, run.Version, cancel))?.State is ProposalState.Approved or ProposalState.Rejected;
            if (isOver) await RemoveAsync(run.Id, cancel);
        }
    }

    /// <summary>In many short transactions; one that is cut off is taken up by the next night.</summary>
    private async Task RemoveAsync(ShadowRunId run, CancellationToken cancel)
    {
        while (await db.ShadowOrders.Where(o => o.RunId == run).OrderBy(o => o.OrderId).Take(Chunk).Select(o => o.OrderId).ToListAsync(cancel)
            is { Count: > 0 } orders)
        {
            await db.InTransaction(() =>
                db.ShadowOrders.Where(o => o.RunId == run && EF.Parameter(orders).Contains(o.OrderId)).ExecuteDeleteAsync(cancel), cancel);
        }
        await db.InTransaction(async () =>
        {
            Instant? now = time.Now;
            await db.ShadowBonuses.Where(b => b.RunId == run).ExecuteDeleteAsync(cancel);
            await db.ShadowRuns.Where(r => r.Id == run).ExecuteUpdateAsync(set => set.SetProperty(r => r.DetailsRemovedAt, now), cancel);
        }, cancel);
    }
}
