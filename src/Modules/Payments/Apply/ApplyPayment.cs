using HaoSuan.Ledger;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>
/// Takes what a channel says about a payment, from wherever it was heard (a notice, a query, a close): in any order and any
/// number of times. Money that arrives is booked with its voucher once; money for a closed or already paid order goes back.
/// </summary>
internal sealed class ApplyPayment(
    Db db, Journal journal, WriteVoucher vouchers, RequestRefund refunds, Outbox outbox, Audit audit, TimeProvider time)
{
    public Task RunAsync(PaymentId id, PaymentState state, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        var order = await db.Payments.Where(p => p.Id == id).Select(p => p.OrderId).SingleAsync(cancel);
        // With all others of its order: of two whose money comes at once, the second finds that the first has paid.
        var payment = (await db.Payments.Where(p => p.OrderId == order).OrderBy(p => p.Id).ForUpdate().ToListAsync(cancel)).Single(p => p.Id == id);
        if (state is not PaymentState.Unknown) payment.Answered();
        switch (state)
        {
            case PaymentState.Paid paid:
                await ArrivedAsync(payment, paid.TransactionId, paid.Amount, paid.At, paid.Proof, cancel);
                break;
            case PaymentState.Refunded refunded:
                await ArrivedAsync(payment, refunded.TransactionId, refunded.Amount, refunded.At, refunded.Proof, cancel);
                break;
            case PaymentState.Closed when payment.Status == PaymentStatus.Pending:
                Close(payment);
                break;
            case PaymentState.Unknown when payment.Status == PaymentStatus.Pending:
                if (payment.Unanswered(time.Now) is { } minutes)
                    outbox.Publish(new PaymentUnknown(payment.OrderId, payment.Id, payment.TradeNo, payment.Amount, minutes, payment.Purpose));
                break;
            case PaymentState.Closed or PaymentState.NotPaid or PaymentState.Unknown:
                break;
        }
    }, cancel);

    private async Task ArrivedAsync(
        PaymentRow payment, string transactionId, Money amount, Instant at, SignedMessage? proof, CancellationToken cancel)
    {
        if (payment.Status is PaymentStatus.Paid or PaymentStatus.Disputed or PaymentStatus.GivenBack) return;
        var closed = payment.Status == PaymentStatus.Closed;
        var paidBefore = await db.Payments.AnyAsync(p => p.OrderId == payment.OrderId && p.Status == PaymentStatus.Paid, cancel);
        var asAsked = amount == payment.Amount;
        (payment.Status, payment.Received, payment.TransactionId, payment.SettledAt, payment.NextQueryAt) =
            (asAsked ? PaymentStatus.Paid : PaymentStatus.Disputed, amount, transactionId, at, null);
        var income = asAsked ? payment.Income : Accounts.Suspense("payments");
        var entry = await journal.PostAsync(
            new Entry("payment", $"payment:{payment.Id.Value}", at, payment.TradeNo,
                [new(Accounts.Gateway(payment.Channel), amount), new(income, -amount)], payment.OrderId),
            cancel);
        await vouchers.RunAsync(new(
            VoucherKind.Payment, payment.Channel, payment.OrderId, payment.OrderNo, payment.Id, payment.TradeNo, transactionId, amount, at, entry,
            proof), cancel);
        if (!asAsked)
        {
            audit.Record("payment.disputed", $"payment:{payment.Id.Value}", $"asked {payment.Amount}, paid {amount}");
            outbox.Publish(new PaymentDisputed(payment.OrderId, payment.Id, payment.TradeNo, payment.Amount, amount, payment.Purpose));
        }
        else if (closed || paidBefore)
        {
            payment.Status = PaymentStatus.GivenBack;
            await refunds.OfAsync(payment, amount, closed ? "订单已关闭" : "重复支付", "not-needed", cancel);
        }
        else outbox.Publish(new PaymentSucceeded(payment.OrderId, payment.Id, amount, payment.Channel, at, payment.Purpose));
    }

    private void Close(PaymentRow payment)
    {
        (payment.Status, payment.SettledAt, payment.NextQueryAt) = (PaymentStatus.Closed, time.Now, null);
        outbox.Publish(new PaymentClosed(payment.OrderId, payment.Id, time.Now));
    }
}
