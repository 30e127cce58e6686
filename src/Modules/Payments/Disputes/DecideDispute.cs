using HaoSuan.Ledger;

namespace HaoSuan.Payments;

/// <summary>
/// Finance decides what becomes of money that lies in suspense because another amount arrived than was asked for. Whatever is decided, the suspense
/// account is left by exactly what came in, or not at all.
/// </summary>
public sealed class DecideDispute(Db db, Journal journal, RequestRefund refunds, Outbox outbox, Audit audit, Actor actor, TimeProvider time)
{
    private const int LongestReason = 80;

    public Task<Result<Done>> RunAsync(PaymentId id, DisputeDecision decision, string? reason, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var words = reason?.Trim() ?? "";
            if (words.Length is 0 or > LongestReason) return new Refusal("payments.reason_length", LongestReason).On("reason");
            // Every payment of the order, as whoever starts or takes one holds them.
            var order = await db.Payments.Where(p => p.Id == id).Select(p => (OrderId?)p.OrderId).FirstOrDefaultAsync(cancel);
            var payments = await db.Payments.Where(p => p.OrderId == order).OrderBy(p => p.Id).ForUpdate().ToListAsync(cancel);
            if (payments.Find(p => p.Id == id) is not { Status: PaymentStatus.Disputed } payment) return new Refusal("payments.not_disputed");
            if (decision == DisputeDecision.Accept && payments.Any(p => p.Status == PaymentStatus.Paid))
                return new Refusal("payments.order_paid_otherwise").On("decision");
            // A lease takes a bill's payment whole: what is missing could not be paid any more.
            if (decision == DisputeDecision.Accept && payment.Purpose == PaymentFor.Lease && payment.Received < payment.Amount)
                return new Refusal("payments.lease_takes_no_less", payment.Amount).On("decision");

            (payment.Decision, payment.DecisionReason, payment.DecidedBy, payment.DecidedAt) = (decision, words, actor.Name, time.Now);
            audit.Record("payment.dispute_decided", $"payment:{id.Value}", $"{payment.TradeNo} {decision} {payment.Received}");
            if (decision == DisputeDecision.Keep) return default(Done);
            await journal.PostAsync(
                new Entry("dispute-decided", $"dispute-decided:{id.Value}", time.Now, payment.TradeNo,
                    [new(Accounts.Suspense("payments"), payment.Received), new(payment.Income, -payment.Received)], payment.OrderId),
                cancel);
            if (decision == DisputeDecision.Accept)
            {
                payment.Status = PaymentStatus.Paid;
                outbox.Publish(new PaymentSucceeded(payment.OrderId, id, payment.Received, payment.Channel, payment.SettledAt ?? time.Now, payment.Purpose));
                return default(Done);
            }
            payment.Status = PaymentStatus.GivenBack;
            outbox.Publish(new PaymentClosed(payment.OrderId, id, time.Now));
            var back = await refunds.OfAsync(payment, null, words, "disputed", cancel);
            return back.IsRefused ? back.Refusals[0] : default(Done);
        }, cancel);
}
