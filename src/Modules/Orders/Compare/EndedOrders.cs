using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Inventory;
using HaoSuan.Notifications;
using HaoSuan.Payments;

namespace HaoSuan.Orders;

/// <summary>Orders that ended without giving back what they had: the consumer's money, or a number of the pool.</summary>
internal sealed class EndedOrders(Db db, OrderMoney money, NumbersOfOrders numbers) : ICompare
{
    private const int Together = 200;
    private static readonly TimeSpan ToBeGivenBack = TimeSpan.FromMinutes(15);

    private static readonly CaseKind MoneyKept = new("orders.case_money_kept", Policies.Finance, TimeSpan.FromHours(8));
    private static readonly CaseKind NumberKept = new("orders.case_number_kept", Policies.Operations, TimeSpan.FromDays(1));

    public static IReadOnlyList<CaseKind> Kinds => [MoneyKept, NumberKept];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (from, until) = comparison.Span(ToBeGivenBack);
        // Money may arrive long after its order has ended: what is new of an ended order are its end, and its money.
        var all = db.Orders;
        var ended = await db.Facts
            .Where(f => (f.Kind == "closed" || f.Kind == "rejected" || f.Kind == "cancelled" || f.Kind == "paid")
                && f.RecordedAt >= from && f.RecordedAt <= until)
            .Where(f => all.Any(o => o.Id == f.OrderId && (o.State == OrderState.Closed || o.State == OrderState.Failed)))
            .Select(f => f.OrderId).ToListAsync(cancel);
        var open = Kinds.SelectMany(comparison.OpenOf).Select(k => new OrderId(Guid.Parse(k)));
        foreach (var some in ended.Concat(open).Distinct().Chunk(Together))
        {
            var orders = await db.Orders.AsNoTracking()
                .Where(o => some.Contains(o.Id) && (o.State == OrderState.Closed || o.State == OrderState.Failed)).ToListAsync(cancel);
            var ids = orders.ConvertAll(o => o.Id);
            var refunded = await money.RefundedAsync(ids, cancel);
            foreach (var order in orders.Where(o => o.Paid > Money.Zero && !refunded.Contains(o.Id)))
                yield return Found(MoneyKept, order, order.Paid) with { Amount = order.Paid };
            var kept = await numbers.FindAsync(ids, cancel);
            foreach (var order in orders.Where(o => kept.ContainsKey(o.Id)))
                yield return Found(NumberKept, order);
        }
    }

    private static Finding Found(CaseKind kind, OrderRow order, params ReadOnlySpan<NotificationValue> more) =>
        new(kind, $"{order.Id.Value}", order.OrderNo, $"/office/orders/{order.Id.Value}", order.OrderedAt, [order.OrderNo, .. more]);
}
