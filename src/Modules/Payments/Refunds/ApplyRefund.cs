using HaoSuan.Ledger;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>Takes what a channel says about a refund, in any order and any number of times.</summary>
internal sealed class ApplyRefund(Db db, Journal journal, WriteVoucher vouchers, Outbox outbox, Audit audit, TimeProvider time)
{
    public Task RunAsync(Guid id, RefundState state, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        // Who decides a refund holds its payment: none may come through in the moment in which another takes its place.
        var refunds = db.Refunds;
        var payment = await db.Payments.Where(p => refunds.Any(r => r.Id == id && r.PaymentId == p.Id)).ForUpdate().SingleAsync(cancel);
        var refund = await refunds.SingleAsync(r => r.Id == id, cancel);
        if (refund.Status == RefundStatus.Done) return;
        if (state is not RefundState.Unknown) refund.Answered();
        switch (state)
        {
            case RefundState.Success success:
                await DoneAsync(payment, refund, success, cancel);
                break;
            case RefundState.Failed failed when refund.Status != RefundStatus.Failed || (refund.IsAbnormal && !IsAbnormal(failed)):
                (refund.Status, refund.ChannelError, refund.NextQueryAt) = (RefundStatus.Failed, $"{failed.Error.Code} {failed.Error.Message}", null);
                audit.Record("refund.failed", $"refund:{refund.Id}", failed.Error.Code);
                outbox.Publish(new RefundFailed(refund.OrderId, refund.PaymentId, refund.RefundNo, refund.Amount, payment.Purpose));
                break;
            case RefundState.NotFound:
                outbox.Publish(new RefundRequested(refund.Id));
                break;
            case RefundState.Unknown when refund.Status == RefundStatus.Requested:
                if (refund.Unanswered(time.Now) is { } minutes)
                    outbox.Publish(new RefundUnknown(refund.OrderId, refund.PaymentId, refund.RefundNo, refund.Amount, minutes, payment.Purpose));
                break;
            case RefundState.Failed or RefundState.Processing or RefundState.Unknown:
                break;
        }
    }, cancel);

    private async Task DoneAsync(PaymentRow payment, RefundRow refund, RefundState.Success success, CancellationToken cancel)
    {
        if (refund.ReplacedAt is not null) audit.Record("refund.paid_after_all", $"refund:{refund.Id}", refund.RefundNo);
        var at = success.At ?? time.Now;
        (refund.Status, refund.SettledAt, refund.NextQueryAt, refund.ChannelError) = (RefundStatus.Done, at, null, null);
        var entry = await journal.PostAsync(
            new Entry("refund", $"refund:{refund.Id}", at, refund.RefundNo,
                [new(Accounts.CustomerRefund(refund.OrderId), refund.Amount), new(Accounts.Gateway(payment.Channel), -refund.Amount)], refund.OrderId),
            cancel);
        await vouchers.RunAsync(new(
            VoucherKind.Refund, payment.Channel, payment.OrderId, payment.OrderNo, payment.Id, refund.RefundNo, success.RefundId, refund.Amount, at, entry,
            success.Proof), cancel);
        outbox.Publish(new RefundSucceeded(refund.OrderId, refund.PaymentId, refund.Amount, at, refund.RefundNo, payment.Purpose));
    }

    private static bool IsAbnormal(RefundState.Failed failed) => $"{failed.Error.Code} ".StartsWith(RefundRow.Abnormal, StringComparison.Ordinal);
}
