using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Payments;

namespace HaoSuan.Orders;

/// <summary>After-sales that stand still, and parcels that did not arrive and that nobody has done anything about.</summary>
internal sealed class AfterSalesStanding(Db db, OrderMoney money) : ICompare
{
    private const int Together = 200;
    private const int Most = 2000;

    // Whoever hears of it from the courier or the upstream has a day to begin an after-sale.
    private static readonly TimeSpan ToBegin = TimeSpan.FromDays(1);

    private static readonly CaseKind Standing = new("orders.case_after_sale_stands", Policies.Operations, TimeSpan.FromDays(1));
    private static readonly CaseKind Undecided = new("orders.case_refund_undecided", Policies.Finance, TimeSpan.FromDays(1));
    private static readonly CaseKind Unhandled = new("orders.case_parcel_unhandled", Policies.Operations, TimeSpan.FromDays(1));

    public static IReadOnlyList<CaseKind> Kinds => [Standing, Undecided, Unhandled];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var late = await db.AfterSales.AsNoTracking().Where(a => a.ClosedAt == null && a.DueAt <= comparison.Now).OrderBy(a => a.DueAt).Take(Most)
            .Join(db.Orders, a => new { a.TenantId, Id = a.OrderId }, o => new { o.TenantId, o.Id }, (a, o) => new { Case = a, o.OrderNo, o.Paid })
            .ToListAsync(cancel);
        foreach (var stands in late)
        {
            var row = stands.Case;
            var isRefund = row.State == AfterSaleState.Back;
            yield return new(isRefund ? Undecided : Standing, $"{row.OrderId.Value}/{row.Number}", stands.OrderNo, $"/office/orders/{row.OrderId.Value}",
                row.DueAt, stands.OrderNo, AfterSaleWords.Of(row.Kind), AfterSaleWords.Of(row.State, row.Kind))
            { Amount = isRefund ? stands.Paid : Money.Zero };
        }
        var (from, until) = comparison.Span(ToBegin);
        var recent = db.Facts.Where(f => f.RecordedAt >= from && f.RecordedAt <= until);
        var orders = db.Orders;
        var failed = await recent.Where(f => f.Kind == "refused" || f.Kind == "returned" || f.Kind == "lost").Select(f => f.OrderId).ToListAsync(cancel);
        // Some upstreams call it so. Most of what they reject or cancel was never sent, or was in service.
        var rejected = await recent.Where(f => (f.Kind == "rejected" || f.Kind == "cancelled") && orders.Any(o => o.Id == f.OrderId
                && (o.State == OrderState.Shipped || o.State == OrderState.Delivered || o.State == OrderState.Returned)))
            .Select(f => f.OrderId).ToListAsync(cancel);
        foreach (var some in failed.Concat(rejected).Concat(comparison.OpenOf(Unhandled).Select(k => new OrderId(Guid.Parse(k)))).Distinct().Chunk(Together))
            foreach (var order in await UnhandledAsync(some, cancel))
                yield return new(Unhandled, $"{order.Id.Value}", order.OrderNo, $"/office/orders/{order.Id.Value}", order.OrderedAt, order.OrderNo)
                { Amount = order.Paid };
    }

    /// <summary>Those of the orders that keep the money of a card that nobody has, without an after-sale.</summary>
    private async Task<IReadOnlyList<OrderRow>> UnhandledAsync(OrderId[] some, CancellationToken cancel)
    {
        var orders = await db.Orders.AsNoTracking()
            .Where(o => some.Contains(o.Id) && (o.State == OrderState.Shipped || o.State == OrderState.Returned
                || (o.State == OrderState.Delivered && o.Network == NetworkState.Cancelled))).ToListAsync(cancel);
        var facts = db.Facts;
        var failed = await facts.Where(f => some.Contains(f.OrderId)
                && (f.Kind == "refused" || f.Kind == "returned" || f.Kind == "lost" || f.Kind == "rejected" || f.Kind == "cancelled")
                && !facts.Any(v => v.OrderId == f.OrderId && v.OfFact == f.Id))
            .GroupBy(f => f.OrderId).Select(g => new { g.Key, At = g.Max(f => f.RecordedAt) }).ToDictionaryAsync(f => f.Key, f => f.At, cancel);
        var sales = (await db.AfterSales.AsNoTracking().Where(a => some.Contains(a.OrderId)).ToListAsync(cancel)).ToLookup(a => a.OrderId);
        var refunded = await money.RefundedAsync(orders.ConvertAll(o => o.Id), cancel);
        // A parcel that is lost is missed by its consumer, paid or not.
        return orders.FindAll(o => failed.TryGetValue(o.Id, out var at) && !sales[o.Id].Any(s => Handles(s, at)) && !refunded.Contains(o.Id)
            && (o.Paid > Money.Zero || o is { State: OrderState.Shipped, Network: NetworkState.None }));
    }

    /// <summary>A return ends the order; what else was done has nothing to do with a parcel that fails after it.</summary>
    private static bool Handles(AfterSaleRow sale, Instant failed) => sale.ClosedAt is not { } closed
        || (sale.State == AfterSaleState.Done && (sale.Kind == AfterSaleKind.Return || closed >= failed));
}
