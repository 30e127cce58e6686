using HaoSuan.Catalog;
using HaoSuan.Ledger;
using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>Settles a batch of orders in one transaction, with the same few statements however many they are.</summary>
internal sealed class SettleOrders(
    Db db, TenantScope tenant, OrdersToSettle orders, Schemes schemes, Journal journal, WriteSettlements write)
{
    public const int Batch = 500;

    /// <summary>Returns the last order that it has looked at, or null where none was due any more.</summary>
    public Task<OrderId?> BatchAsync(RunId run, Instant asOf, OrderId? after, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var due = await orders.DueAsync(asOf, Batch, after, cancel);
        if (due.Count == 0) return (OrderId?)null;
        var before = await LockAsync(due, cancel);
        List<Settlement> settlements = [];
        foreach (var order in due.Where(o => before[o.Id].Row.AsOf <= asOf))
        {
            var scheme = await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel);
            var settlement = Settlement.Of(order, scheme.Scheme, before[order.Id], asOf, tenant.Zone);
            // A fact that came in since it was read is for the next run.
            if (await orders.SettledAsync(order.Id, order.FactCount, settlement.NextDueAt, cancel)) settlements.Add(settlement);
        }
        await WriteAsync(run, asOf, settlements, before, cancel);
        return due[^1].Id;
    }, cancel);

    private async Task WriteAsync(
        RunId run, Instant asOf, List<Settlement> settlements, Dictionary<OrderId, Booked> before, CancellationToken cancel)
    {
        await write.OrdersAsync(settlements, asOf, cancel);
        var posted = settlements.Where(s => s.Entry is not null).ToList();
        var numbers = await journal.PostAsync([.. posted.Select(s => s.Entry!)], cancel);
        await write.LinesAsync(run, asOf, posted.Select((s, i) => (numbers[i], s.Deltas)), cancel);
        await write.AddToRunAsync(run, new(
            Orders: settlements.Count,
            Refused: settlements.Count(s => s.Row.Refusal is not null),
            Entries: posted.Count,
            Sales: Sum(settlements, s => s.Row.Paid - before[s.Order.Id].Row.Paid),
            Upstream: Sum(settlements, s => s.Row.Upstream - before[s.Order.Id].Row.Upstream),
            Commission: Sum(settlements, s => Delta.Sum(s.Deltas))), cancel);
    }

    /// <summary>Locks the orders' rows against other runs, and only then reads what is booked for them.</summary>
    private async Task<Dictionary<OrderId, Booked>> LockAsync(IReadOnlyList<OrderToSettle> due, CancellationToken cancel)
    {
        await Bulk.NewOrders.RunAsync(db, [.. due.Select(NeverSettled)], cancel);
        var ids = due.Select(o => o.Id).ToList();
        var rows = await db.SettledOrders.AsNoTracking().Where(o => EF.Parameter(ids).Contains(o.OrderId))
            .OrderBy(o => o.OrderId).ForUpdate().ToListAsync(cancel);
        var lines = await db.BookedOfAsync(ids, cancel);
        var stages = await db.StagesOfAsync(ids, cancel);
        return rows.ToDictionary(r => r.OrderId, r => new Booked(r, [.. lines[r.OrderId].Select(b => b.ToLine())], [.. stages[r.OrderId]]));
    }

    private static SettledOrderRow NeverSettled(OrderToSettle order) =>
        Settlement.RowOf(order with { Paid = Money.Zero, FactCount = 0 }, [], Money.Zero, null, 0, Instant.MinValue);

    private static Money Sum(IEnumerable<Settlement> settlements, Func<Settlement, Money> amount) =>
        settlements.Aggregate(Money.Zero, (sum, s) => sum + amount(s));
}
