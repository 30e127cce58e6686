using HaoSuan.Payments.Channels;

namespace HaoSuan.Payouts;

/// <summary>Takes what the transfer channel says about a payout, in any order and any number of times.</summary>
public sealed class ApplyTransfer(Db db, EndPayout end, Outbox outbox, TimeProvider time)
{
    internal Task RunAsync(PayoutId id, TransferState state, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        var payout = await db.Payouts.Where(p => p.Id == id).ForUpdate().SingleAsync(cancel);
        switch (state)
        {
            case TransferState.Paid paid:
                await end.PaidAsync(payout, paid.OrderId, paid.At ?? time.Now, cancel);
                break;
            case TransferState.Failed failed:
                await end.ReturnAsync(payout, PayoutStatus.Failed, failed.Error.Message, cancel);
                break;
            case TransferState.NotFound when payout.IsOpen:
                outbox.Publish(new PayoutApproved(id));
                break;
            case TransferState.NotFound or TransferState.Pending or TransferState.Unknown:
                break;
        }
    }, cancel);
}
