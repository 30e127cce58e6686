namespace HaoSuan.Payments;

/// <summary>What has come in for orders (or leases) and what is to go back, to be compared with them.</summary>
public sealed class OrderMoney(Db db)
{
    private readonly IQueryable<VoucherRow> _vouchers = db.Vouchers.AsNoTracking();
    private readonly IQueryable<PaymentRow> _payments = db.Payments.AsNoTracking();
    private readonly IQueryable<RefundRow> _refunds = db.Refunds.AsNoTracking();

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
        var payments = await _payments.Where(p => orders.Contains(p.OrderId) && p.Status == PaymentStatus.Paid)
            .Select(p => new { p.Id, p.OrderId, p.Amount }).ToListAsync(cancel);
        var ids = payments.ConvertAll(p => p.Id);
        var refunds = (await _refunds.Where(r => ids.Contains(r.PaymentId)).ToListAsync(cancel)).ToLookup(r => r.PaymentId);
        return payments.GroupBy(p => p.OrderId)
            .Where(g => Sum(g.SelectMany(p => Standing([.. refunds[p.Id]]))) >= Sum(g.Select(p => p.Amount)))
            .Select(g => g.Key).ToHashSet();
    }

    private static IEnumerable<Money> Standing(IReadOnlyList<RefundRow> refunds) =>
        refunds.Where(r => r.IsHeld || !refunds.Any(later => later.Status != RefundStatus.Failed && later.CreatedAt > r.CreatedAt)).Select(r => r.Amount);

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);

    private IQueryable<ArrivedPayment> Arrived(PaymentFor purpose, IQueryable<VoucherRow> vouchers) => vouchers
        .Where(v => v.Kind == VoucherKind.Payment
            && _payments.Any(p => p.Id == v.PaymentId && p.Status == PaymentStatus.Paid && p.Purpose == purpose)
            && !_refunds.Any(r => r.PaymentId == v.PaymentId))
        .Select(v => new ArrivedPayment(v.Number, v.PaymentId, v.OrderId, v.OrderNo, v.Amount, v.At));
}
