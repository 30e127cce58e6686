using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Upstreams;

namespace HaoSuan.Orders;

/// <summary>Orders that have stood in a state for longer than it lasts: unpaid, not handed over, in review, being withdrawn, under way.</summary>
internal sealed class StuckOrders(Db db, Submissions submissions) : ICompare
{
    private const int Most = 2000;

    private static readonly CaseKind Unpaid = new("orders.case_unpaid", Policies.Finance, TimeSpan.FromHours(8));
    private static readonly CaseKind NotHandedOver = new("orders.case_not_handed_over", Policies.Operations, TimeSpan.FromHours(4));
    private static readonly CaseKind SubmissionUnknown = new("orders.case_submission_unknown", Policies.Operations, TimeSpan.FromHours(4));
    private static readonly CaseKind InReview = new("orders.case_in_review", Policies.Operations, TimeSpan.FromDays(2));
    private static readonly CaseKind Cancelling = new("orders.case_cancelling", Policies.Operations, TimeSpan.FromHours(8));
    private static readonly CaseKind UnderWay = new("orders.case_under_way", Policies.Operations, TimeSpan.FromDays(3));

    public static IReadOnlyList<CaseKind> Kinds => [Unpaid, NotHandedOver, SubmissionUnknown, InReview, Cancelling, UnderWay];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var now = comparison.Now;
        // Half an hour to pay, and as long again in which the channel is asked.
        foreach (var order in await InAsync(OrderState.AwaitingPayment, now - TimeSpan.FromHours(2), cancel))
            yield return Found(Unpaid, order, order.OrderedAt);

        var anHourAgo = now - TimeSpan.FromHours(1);
        // Whose use nobody has assessed yet stands on the first page of the office.
        var held = await db.Purchases.Where(p => p.AssessedAt == null).Select(p => (Guid?)p.Id).ToHashSetAsync(cancel);
        var waiting = (await InAsync(OrderState.Confirmed, anHourAgo, cancel))
            .Where(o => o.ConfirmedAt <= anHourAgo && !held.Contains(o.PurchaseId)).ToList();
        var handedOver = await submissions.OfAsync(waiting.ConvertAll(o => o.Id), cancel);
        foreach (var order in waiting)
            yield return Found(handedOver.ContainsKey(order.Id) ? SubmissionUnknown : NotHandedOver, order, order.ConfirmedAt!.Value);

        foreach (var order in await InAsync(OrderState.Submitted, now - TimeSpan.FromDays(5), cancel))
            yield return Found(InReview, order, order.ConfirmedAt ?? order.OrderedAt);

        var asked = await SinceAsync(OrderState.Cancelling, [Withdrawing.Asked], now, cancel);
        foreach (var (order, since) in asked.Where(a => a.Since <= now - TimeSpan.FromHours(6))) yield return Found(Cancelling, order, since);

        var shipped = (await SinceAsync(OrderState.Shipped, Sent, now - TimeSpan.FromDays(30), cancel))
            .Where(s => s.Since <= now - TimeSpan.FromDays(30)).ToList();
        var handled = await HandledAsync(shipped.ConvertAll(s => s.Order.Id), cancel);
        foreach (var (order, since) in shipped.Where(s => !handled.Contains(s.Order.Id))) yield return Found(UnderWay, order, since);
    }

    // Another card that was sent is on its way since then.
    private static readonly string[] Sent = ["shipped", CardChanges.Exchanged, CardChanges.Reshipped];

    /// <summary>Those of the orders that an after-sale is open for: it has a deadline of its own.</summary>
    private async Task<HashSet<OrderId>> HandledAsync(List<OrderId> orders, CancellationToken cancel) =>
        (await db.AfterSales.Where(a => a.ClosedAt == null && orders.Contains(a.OrderId)).Select(a => a.OrderId).ToListAsync(cancel)).ToHashSet();

    private static Finding Found(CaseKind kind, OrderRow order, Instant since) =>
        new(kind, $"{order.Id.Value}", order.OrderNo, $"/office/orders/{order.Id.Value}", since, order.OrderNo) { Amount = order.Paid };

    /// <summary>The oldest ones first, so that those beyond the limit come when these are dealt with.</summary>
    private Task<List<OrderRow>> InAsync(OrderState state, Instant orderedBefore, CancellationToken cancel) =>
        db.Orders.AsNoTracking().Where(o => o.State == state && o.OrderedAt <= orderedBefore).OrderBy(o => o.OrderedAt).Take(Most).ToListAsync(cancel);

    /// <summary>Each with when it became known that it is in that state.</summary>
    private async Task<IEnumerable<(OrderRow Order, Instant Since)>> SinceAsync(
        OrderState state, string[] kinds, Instant orderedBefore, CancellationToken cancel)
    {
        var orders = await InAsync(state, orderedBefore, cancel);
        var ids = orders.ConvertAll(o => o.Id);
        var since = await db.Facts.Where(f => ids.Contains(f.OrderId) && kinds.Contains(f.Kind))
            .GroupBy(f => f.OrderId).Select(g => new { g.Key, At = g.Max(f => f.RecordedAt) }).ToDictionaryAsync(f => f.Key, f => f.At, cancel);
        return orders.Select(o => (o, since.GetValueOrDefault(o.Id, o.OrderedAt)));
    }
}
