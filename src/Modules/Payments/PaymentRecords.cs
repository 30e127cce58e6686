namespace HaoSuan.Payments;

/// <summary>What is known of payments: read models for the other modules and the office.</summary>
public sealed class PaymentRecords(Db db)
{
    public async Task<IReadOnlyList<PaymentView>> OfOrderAsync(OrderId order, CancellationToken cancel = default)
    {
        var refunded = await db.Refunds.Where(r => r.OrderId == order && r.Status == RefundStatus.Done)
            .GroupBy(r => r.PaymentId).Select(g => new { g.Key, Sum = g.Sum(r => r.Amount.Minor) })
            .ToDictionaryAsync(r => r.Key, r => new Money(r.Sum), cancel);
        var payments = await db.Payments.AsNoTracking().Where(p => p.OrderId == order).OrderBy(p => p.Id).ToListAsync(cancel);
        return [.. payments.Select(p =>
            new PaymentView(p.Id, p.TradeNo, p.Channel, p.Amount, p.Status, refunded.GetValueOrDefault(p.Id), p.CreatedAt))];
    }

    /// <summary>Vouchers, newest first. The text finds an order's, a payment's, a refund's or a channel's number, in full.</summary>
    public async Task<IReadOnlyList<Voucher>> VouchersAsync(
        string? text, Instant? from, Instant? until, int skip, int take, CancellationToken cancel = default)
    {
        var vouchers = db.Vouchers.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(text)) vouchers = vouchers.Where(v => v.OrderNo == text.Trim() || v.ChannelNo == text.Trim() || v.OurNo == text.Trim());
        if (from is { } first) vouchers = vouchers.Where(v => v.At >= first);
        if (until is { } end) vouchers = vouchers.Where(v => v.At < end);
        return await vouchers.OrderByDescending(v => v.Number).Skip(skip).Take(take)
            .Select(v => new Voucher(v.Number, v.Kind, v.OrderId, v.OrderNo, v.Channel, v.ChannelNo, v.Amount, v.At, v.EntryId))
            .ToListAsync(cancel);
    }
}
