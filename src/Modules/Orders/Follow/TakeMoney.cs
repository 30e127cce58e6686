using HaoSuan.Payments;

namespace HaoSuan.Orders;

/// <summary>The consumer's money has arrived. Where the order was withdrawn in the meantime, <see cref="EndOrder"/> sends it back.</summary>
internal sealed class TakePayment(Facts facts) : IFollow<PaymentSucceeded>
{
    public Task FollowAsync(PaymentSucceeded paid, CancellationToken cancel) => facts.RecordAsync(
        new(paid.OrderId, "paid", paid.At, "payments", $"{paid.PaymentId.Value}", paid.Amount,
            new Dictionary<string, string> { ["channel"] = paid.Channel }), cancel);
}

/// <summary>Money has gone back. A payment that was never the order's (made twice, or too late) is none of its facts.</summary>
internal sealed class TakeRefund(Db db, Facts facts) : IFollow<RefundSucceeded>
{
    public async Task FollowAsync(RefundSucceeded refunded, CancellationToken cancel)
    {
        var payment = $"{refunded.PaymentId.Value}";
        if (!await db.Facts.AnyAsync(f => f.OrderId == refunded.OrderId && f.Source == "payments" && f.SourceId == payment, cancel)) return;
        // Channels tell whole seconds: two refunds may have gone back at the same time.
        var refund = refunded.RefundNo ?? $"{refunded.At.Microseconds}";
        await facts.RecordAsync(new(refunded.OrderId, "refunded", refunded.At, "payments", $"{payment}/refund/{refund}", refunded.Amount), cancel);
    }
}
