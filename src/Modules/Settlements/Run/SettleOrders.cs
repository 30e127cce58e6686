using HaoSuan.Catalog;
using HaoSuan.Ledger;
using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>Settles one part of what is due in one transaction, with the same few statements however many orders it has.</summary>
internal sealed class SettleOrders(
    Db db, TenantScope tenant, OrdersToSettle orders, Schemes schemes, Journal journal, RunParts parts, LateLines late, CountCards cards)
{
    private readonly Evaluations _evaluations = new(tenant.Zone);

    /// <summary>Returns how many orders it has taken: none where nobody else's are due any more.</summary>
    public Task<int> PartAsync(RunId run, Instant asOf, Coverage coverage, int most, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var due = await orders.ClaimAsync(DueFor.Settlement, asOf, most, cancel);
        if (due.Count == 0) return 0;
        var before = await BookedAsync(due, cancel);
        var settlements = new List<Settlement>(due.Count);
        List<(OrderId, Instant?)> next = new(due.Count);
        foreach (var order in due)
        {
            var booked = before.GetValueOrDefault(order.Id, Booked.Nothing);
            if (booked.AsOf <= asOf)
            {
                var scheme = await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel);
                settlements.Add(Settlement.Of(order, scheme.Scheme, booked, asOf, _evaluations));
                next.Add((order.Id, settlements[^1].NextDueAt));
            }
            else next.Add((order.Id, booked.AsOf));     // settled as of a later instant: until then there is nothing to look at
        }
        await orders.VisitedAsync(DueFor.Settlement, next, cancel);
        await WriteAsync(run, asOf, settlements, coverage, cancel);
        return due.Count;
    }, cancel);

    // What other workers may wait for comes last.
    private async Task WriteAsync(RunId run, Instant asOf, List<Settlement> settlements, Coverage coverage, CancellationToken cancel)
    {
        await Bulk.Orders.RunAsync(db, settlements.ConvertAll(s => s.Row), cancel);
        var ids = await journal.PostAsync([.. settlements.Select(s => s.Entry).OfType<Entry>()], cancel);
        await late.NoteAsync(settlements, ids, cancel);
        parts.Add(run, ids, new(
            Orders: settlements.Count,
            Refused: settlements.Count(s => s.Row.Refusal is not null),
            Sales: Sum(settlements, s => s.Row.Paid - s.Before.Paid),
            Upstream: Sum(settlements, s => s.Row.Upstream - s.Before.Upstream),
            Commission: Sum(settlements, s => Delta.Sum(s.Deltas))));
        await cards.AddAsync(coverage.Changes(settlements, tenant.Zone), asOf, cancel);
    }

    private async Task<Dictionary<OrderId, Booked>> BookedAsync(IReadOnlyList<OrderToSettle> due, CancellationToken cancel)
    {
        var ids = due.Select(o => o.Id).ToList();
        var rows = await db.SettledOrders.AsNoTracking().Where(o => EF.Parameter(ids).Contains(o.OrderId)).ToListAsync(cancel);
        return rows.ToDictionary(r => r.OrderId, Booked.Of);
    }

    private static Money Sum(IEnumerable<Settlement> settlements, Func<Settlement, Money> amount) =>
        settlements.Aggregate(Money.Zero, (sum, s) => sum + amount(s));
}
