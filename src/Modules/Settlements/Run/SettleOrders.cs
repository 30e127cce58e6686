using HaoSuan.Catalog;
using HaoSuan.Ledger;
using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>Settles one part of what is due in one transaction, with the same few statements however many orders it has.</summary>
internal sealed class SettleOrders(
    Db db, TenantScope tenant, OrdersToSettle orders, Schemes schemes, Journal journal, RunParts parts, LateLines late, CountCards cards)
{
    // Facts are let go of as soon as their orders are settled: a part holds what it will write, not what it has read.
    private const int AtOnce = 500;

    private readonly Evaluations _evaluations = new(tenant.Zone);
    private readonly PostingNames _names = new();

    /// <summary>Returns how many orders it has taken: none where nobody else's are due any more.</summary>
    public Task<int> PartAsync(RunId run, Instant asOf, Coverage coverage, int most, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var due = await orders.ClaimAsync(DueFor.Settlement, asOf, most, cancel);
        if (due.Count == 0) return 0;
        List<Settlement> settlements = new(due.Count);
        List<(OrderId, Instant?)> next = new(due.Count);
        foreach (var ids in due.Chunk(AtOnce)) await SettleAsync(ids, asOf, settlements, next, cancel);
        await orders.VisitedAsync(DueFor.Settlement, next, cancel);
        await WriteAsync(run, asOf, settlements, coverage, cancel);
        return due.Count;
    }, cancel);

    private async Task SettleAsync(
        IReadOnlyList<OrderId> ids, Instant asOf, List<Settlement> settlements, List<(OrderId, Instant?)> next, CancellationToken cancel)
    {
        var before = (await db.BookedRows(ids).ToListAsync(cancel)).ToDictionary(r => OrderId.From(r.OrderId), Booked.Of);
        foreach (var order in await orders.ClaimedAsync(ids, cancel))
        {
            var booked = before.GetValueOrDefault(order.Id, Booked.Nothing);
            if (booked.AsOf <= asOf)
            {
                var scheme = await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel);
                settlements.Add(Settlement.Of(order, scheme.Scheme, booked, asOf, _evaluations, _names));
                next.Add((order.Id, settlements[^1].NextDueAt));
            }
            else next.Add((order.Id, booked.AsOf));     // settled as of a later instant: until then there is nothing to look at
        }
    }

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

    private static Money Sum(IEnumerable<Settlement> settlements, Func<Settlement, Money> amount) =>
        settlements.Aggregate(Money.Zero, (sum, s) => sum + amount(s));
}
