using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>Asks the channel for a decided refund. The refund's number keeps a repeated request from paying twice.</summary>
internal sealed class SendRefund(Db db, PaymentChannels channels, Tenants tenants, ApplyRefund apply) : IFollow<RefundRequested>
{
    public async Task FollowAsync(RefundRequested happened, CancellationToken cancel)
    {
        var refund = await db.Refunds.AsNoTracking().SingleAsync(r => r.Id == happened.RefundId, cancel);
        if (refund.Status != RefundStatus.Requested) return;
        var payment = await db.Payments.AsNoTracking().SingleAsync(p => p.Id == refund.PaymentId, cancel);
        var tenant = await tenants.FindAsync(db.CurrentTenant, cancel) ?? throw new InvalidOperationException("No tenant was entered.");
        var state = await channels[payment.Channel].RefundAsync(
            new(TradeNo.Parse(payment.TradeNo), TradeNo.Parse(refund.RefundNo), refund.Amount, payment.Received, refund.Reason,
                channels.NotifyUrl(payment.Channel, tenant.Slug)),
            cancel);
        await apply.RunAsync(refund.Id, state, cancel);
    }
}
