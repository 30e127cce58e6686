using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Payments;

namespace HaoSuan.Orders;

/// <summary>Money that arrived for an order that knows nothing of it, and orders that go on without the money that they cost.</summary>
internal sealed class MoneyAndOrders(Db db, OrderMoney money) : ICompare
{
    private const int Together = 200;

    // What follows a payment takes seconds; a consumer has half an hour to pay, and the channel as long again to tell.
    private static readonly TimeSpan ToBeTaken = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ToBePaid = TimeSpan.FromHours(2);

    private static readonly CaseKind PaymentAlone = new("orders.case_payment_alone", Policies.Finance, TimeSpan.FromHours(8));
    private static readonly CaseKind GoesUnpaid = new("orders.case_goes_unpaid", Policies.Finance, TimeSpan.FromHours(8));

    public static IReadOnlyList<CaseKind> Kinds => [PaymentAlone, GoesUnpaid];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var some in comparison.OpenOf(PaymentAlone).Chunk(Together))
        {
            var arrived = await money.ArrivedAsync(PaymentFor.Order, [.. some.Select(k => new PaymentId(Guid.Parse(k)))], cancel);
            foreach (var payment in await AloneAsync(arrived, cancel)) yield return Found(payment);
        }
        var (from, until) = comparison.Span(ToBeTaken);
        for (long after = 0;
            await money.ArrivedAsync(PaymentFor.Order, from, until, after, Together, cancel) is { Count: > 0 } arrived;
            after = arrived[^1].Number)
            foreach (var payment in await AloneAsync(arrived, cancel)) yield return Found(payment);

        foreach (var some in comparison.OpenOf(GoesUnpaid).Chunk(Together))
        {
            var ids = some.Select(k => new OrderId(Guid.Parse(k))).ToList();
            foreach (var order in await UnpaidAsync(db.Orders.Where(o => ids.Contains(o.Id)), cancel)) yield return Found(order);
        }
        (from, until) = comparison.Span(ToBePaid);
        for (OrderId? last = null; ;)
        {
            var some = await db.Orders.Where(o => o.OrderedAt >= from && o.OrderedAt <= until).After(o => o.Id, last).OrderBy(o => o.Id)
                .Select(o => o.Id).Take(Together).ToListAsync(cancel);
            if (some.Count == 0) break;
            last = some[^1];
            foreach (var order in await UnpaidAsync(db.Orders.Where(o => some.Contains(o.Id)), cancel)) yield return Found(order);
        }
    }

    /// <summary>Those of the payments that are no fact of their order.</summary>
    private async Task<IEnumerable<ArrivedPayment>> AloneAsync(IReadOnlyList<ArrivedPayment> arrived, CancellationToken cancel)
    {
        var orders = arrived.Select(a => a.OrderId).ToList();
        var known = (await db.Facts.Where(f => orders.Contains(f.OrderId) && f.Source == "payments" && f.Kind == "paid")
            .Select(f => f.SourceId).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        return arrived.Where(a => !known.Contains($"{a.PaymentId.Value}"));
    }

    /// <summary>Those of the orders that cost something and go on, although nothing has arrived.</summary>
    private async Task<IEnumerable<OrderRow>> UnpaidAsync(IQueryable<OrderRow> orders, CancellationToken cancel)
    {
        var confirmed = await orders.AsNoTracking()
            .Where(o => o.Price.Minor > 0 && o.ConfirmedAt != null && o.State != OrderState.Closed && o.State != OrderState.Failed).ToListAsync(cancel);
        var paid = await money.PaidAsync(confirmed.ConvertAll(o => o.Id), cancel);
        return confirmed.Where(o => !paid.Contains(o.Id));
    }

    private static Finding Found(ArrivedPayment payment) => new(
        PaymentAlone, $"{payment.PaymentId.Value}", payment.OrderNo, $"/office/orders/{payment.OrderId.Value}", payment.At, payment.OrderNo, payment.Amount)
    { Amount = payment.Amount };

    private static Finding Found(OrderRow order) => new(
        GoesUnpaid, $"{order.Id.Value}", order.OrderNo, $"/office/orders/{order.Id.Value}", order.ConfirmedAt!.Value, order.OrderNo, order.Price)
    { Amount = order.Price };
}
