using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>Settles what has changed or matured. Where nothing has, there is no run.</summary>
internal sealed class SettleRegularly(Db db, OrdersToSettle orders, RunSettlement run, TimeProvider time) : IRecurring
{
    public const string Name = "settle";

    /// <summary>Every ten minutes.</summary>
    public const string Cron = "0 0/10 * * * ?";

    public async Task RunAsync(CancellationToken cancel)
    {
        var now = time.Now;
        var due = await orders.AnyDueAsync(DueFor.Settlement, now, cancel) || await db.BonusMonths.AnyAsync(m => m.NextDueAt <= now, cancel);
        if (due) await run.RunAsync(now, cancel);
    }
}
