using HaoSuan.Ledger;
using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>Everything that was to be settled by the month's end is.</summary>
internal sealed class SettledThrough(Db db, OrdersToSettle orders) : ICheckClosing
{
    public static ClosingStep Step => new("settlements.close_run", 10, "/office/settlements");

    public async Task<ClosingFinding> FindAsync(ClosingMonth month, CancellationToken cancel)
    {
        var last = await db.Runs.AsNoTracking().OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(cancel);
        List<ClosingBlocker> blockers = [];
        if (last is { FinishedAt: null }) blockers.Add(new(new Refusal("settlements.close_run_unfinished"), Step.Href));
        // What is due in the month's last instant; from the next on it belongs to the month after.
        if (await orders.AnyDueAsync(DueFor.Settlement, new(month.End.Microseconds - 1), cancel))
            blockers.Add(new(new Refusal("settlements.close_run_due"), Step.Href));
        return new(blockers, At: last?.FinishedAt);
    }
}
