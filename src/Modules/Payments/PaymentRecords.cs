namespace HaoSuan.Payments;

/// <summary>What is known of payments: read models for the other modules and the office.</summary>
public sealed class PaymentRecords(Db db)
{
    /// <summary>Whether money may still come for one of the orders, or has come and paid it.</summary>
    public Task<bool> AreBeingPaidAsync(IReadOnlyCollection<OrderId> orders, CancellationToken cancel = default) =>
        db.Payments.AnyAsync(p => orders.Contains(p.OrderId) && (p.Status == PaymentStatus.Pending || p.Status == PaymentStatus.Paid), cancel);

    /// <summary>What has paid an order, or what else is paid, and is neither given back nor to be given back.</summary>
    public async Task<Money> KeptAsync(OrderId order, CancellationToken cancel = default)
    {
        var paid = db.Payments.Where(p => p.OrderId == order && p.Status == PaymentStatus.Paid);
        var back = db.Refunds.Where(r => paid.Any(p => p.Id == r.PaymentId) && (r.Status != RefundStatus.Failed || r.ReplacedAt == null));
        return new(await paid.SumAsync(p => p.Received.Minor, cancel) - await back.SumAsync(r => r.Amount.Minor, cancel));
    }

    public async Task<IReadOnlyList<PaymentView>> OfOrderAsync(OrderId order, CancellationToken cancel = default)
    {
        var refunded = await db.Refunds.Where(r => r.OrderId == order && r.Status == RefundStatus.Done)
            .GroupBy(r => r.PaymentId).Select(g => new { g.Key, Sum = g.Sum(r => r.Amount.Minor) })
            .ToDictionaryAsync(r => r.Key, r => new Money(r.Sum), cancel);
        var payments = await db.Payments.AsNoTracking().Where(p => p.OrderId == order).OrderBy(p => p.Id).ToListAsync(cancel);
        return [.. payments.Select(p =>
            new PaymentView(p.Id, p.TradeNo, p.Channel, p.Amount, p.Status, refunded.GetValueOrDefault(p.Id), p.CreatedAt))];
    }
}
