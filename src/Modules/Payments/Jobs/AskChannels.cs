using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>
/// Asks the channels about everything that should have ended by now, since a notice may never come: pending payments are
/// queried and, once expired, closed; refunds are queried. What stays unknown is asked again, and after a while told to people
/// (<see cref="Silence"/>); a channel that is not configured any more says nothing until it is.
/// </summary>
internal sealed class AskChannels(Db db, PaymentChannels channels, ApplyPayment applyPayment, ApplyRefund applyRefund, TimeProvider time) : IRecurring
{
    private const int Most = 200;
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    // Whoever pays in the last moment has paid by then.
    private static readonly TimeSpan LastMoment = TimeSpan.FromMinutes(15);
    private static readonly ChannelError NotConfigured = new("NOT_CONFIGURED", "No merchant's keys for this channel.");

    public async Task RunAsync(CancellationToken cancel)
    {
        await AskPaymentsAsync(cancel);
        await AskRefundsAsync(cancel);
    }

    private async Task AskPaymentsAsync(CancellationToken cancel)
    {
        var (now, next) = (time.Now, (Instant?)(time.Now + Again));
        var due = await db.Payments.AsNoTracking().Where(p => p.NextQueryAt <= now).OrderBy(p => p.NextQueryAt).Take(Most).ToListAsync(cancel);
        foreach (var payment in due)
        {
            await db.Payments.Where(p => p.Id == payment.Id && p.NextQueryAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.NextQueryAt, next), cancel);
            var number = TradeNo.Parse(payment.TradeNo);
            var state = channels.Find(payment.Channel) switch
            {
                null => new PaymentState.Unknown(NotConfigured),
                { } channel when payment.ExpiresAt <= now => await CloseAsync(channel, payment, cancel),
                { } channel => await channel.QueryAsync(number, cancel),
            };
            await applyPayment.RunAsync(payment.Id, state, cancel);
        }
    }

    /// <summary>
    /// Alipay knows no trade before the consumer has opened it, and so closes none: what it still says to be unpaid when its time is over is
    /// closed here. Should money arrive all the same, it goes back by itself.
    /// </summary>
    private async Task<PaymentState> CloseAsync(IPaymentChannel channel, PaymentRow payment, CancellationToken cancel)
    {
        var state = await channel.CloseAsync(TradeNo.Parse(payment.TradeNo), cancel);
        return state is PaymentState.NotPaid && payment.ExpiresAt + LastMoment <= time.Now ? new PaymentState.Closed() : state;
    }

    private async Task AskRefundsAsync(CancellationToken cancel)
    {
        var (now, next) = (time.Now, (Instant?)(time.Now + Again));
        var due = await db.Refunds.AsNoTracking().Where(r => r.NextQueryAt <= now).OrderBy(r => r.NextQueryAt).Take(Most).ToListAsync(cancel);
        foreach (var refund in due)
        {
            var payment = await db.Payments.AsNoTracking().SingleAsync(p => p.Id == refund.PaymentId, cancel);
            await db.Refunds.Where(r => r.Id == refund.Id && r.NextQueryAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.NextQueryAt, next), cancel);
            var state = channels.Find(payment.Channel) is { } channel
                ? await channel.QueryRefundAsync(TradeNo.Parse(payment.TradeNo), TradeNo.Parse(refund.RefundNo), cancel)
                : new RefundState.Unknown(NotConfigured);
            await applyRefund.RunAsync(refund.Id, state, cancel);
        }
    }
}
