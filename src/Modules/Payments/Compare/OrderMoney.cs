namespace HaoSuan.Payments;

/// <summary>What has come in for orders (or leases) and what is to go back, to be compared with them.</summary>
public sealed class OrderMoney(Db db)
{
    private readonly IQueryable<VoucherRow> _vouchers = db.Vouchers.AsNoTracking();
    private readonly IQueryable<PaymentRow> _payments = db.Payments.AsNoTracking();

    /// <summary>What is given back, or is owed still: all but what was refused and decided anew.</summary>
    private readonly IQueryable<RefundRow> _standing =
        db.Refunds.AsNoTracking().Where(r => r.Status != RefundStatus.Failed || r.ReplacedAt == null);

    /// <summary>What arrived and was recorded in the span, by voucher number from the given one on.</summary>
    public async Task<IReadOnlyList<ArrivedPayment>> ArrivedAsync(
        PaymentFor purpose, Instant from, Instant until, long after, int take, CancellationToken cancel = default) =>
        await Arrived(purpose, _vouchers.Where(v => v.RecordedAt >= from && v.RecordedAt <= until && v.Number > after).OrderBy(v => v.Number))
            .Take(take).ToListAsync(cancel);

    /// <summary>Those of these payments that it is still true of.</summary>
    public async Task<IReadOnlyList<ArrivedPayment>> ArrivedAsync(
        PaymentFor purpose, IReadOnlyCollection<PaymentId> payments, CancellationToken cancel = default) =>
        await Arrived(purpose, _payments.Where(p => payments.Contains(p.Id))
            .SelectMany(p => _vouchers.Where(v => v.OrderNo == p.OrderNo && v.PaymentId == p.Id))).ToListAsync(cancel);

    /// <summary>Those of the orders for which a payment has arrived as it was asked for.</summary>
    public async Task<IReadOnlySet<OrderId>> PaidAsync(IReadOnlyCollection<OrderId> orders, CancellationToken cancel = default) =>
        (await _payments.Where(p => orders.Contains(p.OrderId) && p.Status == PaymentStatus.Paid).Select(p => p.OrderId).ToListAsync(cancel)).ToHashSet();

    /// <summary>Those of the orders all of whose money is to go back, or has. A refused refund that nothing has replaced is told of by itself.</summary>
    public async Task<IReadOnlySet<OrderId>> RefundedAsync(IReadOnlyCollection<OrderId> orders, CancellationToken cancel = default)
    {
        var paying = _payments.Where(p => orders.Contains(p.OrderId) && p.Status == PaymentStatus.Paid);
        var payments = await paying.GroupBy(p => p.OrderId).Select(g => new { Order = g.Key, Paid = g.Sum(p => p.Received.Minor) }).ToListAsync(cancel);
        var back = await _standing.Where(r => paying.Any(p => p.Id == r.PaymentId))
            .GroupBy(r => r.OrderId).Select(g => new { Order = g.Key, Back = g.Sum(r => r.Amount.Minor) }).ToDictionaryAsync(r => r.Order, r => r.Back, cancel);
        return payments.Where(p => back.GetValueOrDefault(p.Order) >= p.Paid).Select(p => p.Order).ToHashSet();
    }

    private IQueryable<ArrivedPayment> Arrived(PaymentFor purpose, IQueryable<VoucherRow> vouchers) => vouchers
        .Where(v => v.Kind == VoucherKind.Payment
            && _payments.Any(p => p.Id == v.PaymentId && p.Status == PaymentStatus.Paid && p.Purpose == purpose)
            && _standing.Where(r => r.PaymentId == v.PaymentId).Sum(r => r.Amount.Minor) < v.Amount.Minor)
        .Select(v => new ArrivedPayment(v.Number, v.PaymentId!.Value, v.OrderId, v.OrderNo, v.Amount, v.At));
}
