using System.Globalization;
using HaoSuan.Ledger;

namespace HaoSuan.Payments;

/// <summary>A refund was decided: the channel is to be asked.</summary>
internal sealed record RefundRequested(Guid RefundId) : IEvent;

/// <summary>
/// Decides that money goes back to the consumer: from then on we owe it, until the channel has paid it. The same key for the
/// same order is the same refund.
/// </summary>
public sealed class RequestRefund(Db db, Journal journal, Outbox outbox, Audit audit, TimeProvider time)
{
    private const int LongestReason = 80;

    /// <summary>Gives back everything that the order was paid with and has not been given back yet.</summary>
    public Task<Result<Money>> RunAsync(OrderId order, string reason, string idempotencyKey, CancellationToken cancel = default) =>
        PaidAsync(order, payment => OfAsync(payment, null, reason, idempotencyKey, cancel), cancel);

    /// <summary>Gives back a part of it.</summary>
    public Task<Result<Money>> PartAsync(OrderId order, Money amount, string reason, string idempotencyKey, CancellationToken cancel = default) =>
        PaidAsync(order, payment => OfAsync(payment, amount, reason, idempotencyKey, cancel), cancel);

    /// <summary>Gives back as much of it as is left, and nothing where nothing was paid.</summary>
    public Task<Result<Money>> UpToAsync(OrderId order, Money most, string reason, string idempotencyKey, CancellationToken cancel = default) =>
        db.InTransaction<Result<Money>>(async () =>
        {
            if (await LockedAsync(order, cancel) is not { } payment) return Money.Zero;
            var others = await db.Refunds.Where(r => r.PaymentId == payment.Id && r.IdempotencyKey != idempotencyKey).ToListAsync(cancel);
            return Money.Min(most, payment.LeftOf(others)) is { IsZero: false } back
                ? await OfAsync(payment, back, reason, idempotencyKey, cancel)
                : Money.Zero;
        }, cancel);

    /// <summary>Gives back everything that is left, less what is kept; nothing where that is all of it.</summary>
    public Task<Result<Money>> LessAsync(OrderId order, Money kept, string reason, string idempotencyKey, CancellationToken cancel = default) =>
        PaidAsync(order, async payment =>
        {
            var others = await db.Refunds.Where(r => r.PaymentId == payment.Id && r.IdempotencyKey != idempotencyKey).ToListAsync(cancel);
            var left = payment.LeftOf(others);
            if (kept > left) return new Refusal("payments.refund_exceeds_payment", kept, left);
            return kept == left ? Money.Zero : await OfAsync(payment, left - kept, reason, idempotencyKey, cancel);
        }, cancel);

    /// <summary>Finance gives back a part, or another part, of one payment.</summary>
    public Task<Result<Money>> ByOfficeAsync(PaymentId id, Money amount, string? reason, string idempotencyKey, CancellationToken cancel = default) =>
        db.InTransaction<Result<Money>>(async () =>
        {
            var words = reason?.Trim() ?? "";
            if (words.Length is 0 or > LongestReason) return new Refusal("payments.reason_length", LongestReason).On("reason");
            var payment = await db.Payments.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
            if (payment is not { IsRefundable: true }) return new Refusal("payments.nothing_paid");
            var result = await OfAsync(payment, amount, words, $"{RefundRow.Office}{idempotencyKey}", cancel);
            if (result.IsRefused) return result.Refusals[0].On("amount");
            audit.Record("refund.requested", $"payment:{id.Value}", $"{payment.TradeNo} {result.Value}");
            return result;
        }, cancel);

    private Task<Result<Money>> PaidAsync(OrderId order, Func<PaymentRow, Task<Result<Money>>> refund, CancellationToken cancel) =>
        db.InTransaction<Result<Money>>(
            async () => await LockedAsync(order, cancel) is { } payment ? await refund(payment) : new Refusal("payments.nothing_paid"), cancel);

    private Task<PaymentRow?> LockedAsync(OrderId order, CancellationToken cancel) =>
        db.Payments.Where(p => p.OrderId == order && p.Status == PaymentStatus.Paid).OrderBy(p => p.Id).ForUpdate().FirstOrDefaultAsync(cancel);

    /// <summary>Gives back an amount (or all that is left) of a payment whose row is locked. Returns what this key gives back.</summary>
    internal async Task<Result<Money>> OfAsync(PaymentRow payment, Money? amount, string reason, string idempotencyKey, CancellationToken cancel)
    {
        var refunds = await db.Refunds.Where(r => r.PaymentId == payment.Id).ToListAsync(cancel);
        if (refunds.Find(r => r.IdempotencyKey == idempotencyKey) is { } known) return known.Amount;
        var left = payment.LeftOf(refunds);
        var back = amount ?? left;
        if (back <= Money.Zero || back > left) return new Refusal("payments.refund_exceeds_payment", back, left);
        var refund = new RefundRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            PaymentId = payment.Id,
            OrderId = payment.OrderId,
            RefundNo = string.Create(CultureInfo.InvariantCulture, $"{payment.TradeNo}R{refunds.Count + 1}"),
            IdempotencyKey = idempotencyKey,
            Amount = back,
            Reason = reason,
            CreatedAt = time.Now,
            NextQueryAt = time.Now + TimeSpan.FromMinutes(1),
        };
        if (refund.IsByOffice && back > payment.LeftForOffice(refunds)) return new Refusal("payments.refund_taken_by_lease", back);
        db.Add(refund);
        // What a refused refund did not bring is owed no more under its number: this one owes it.
        foreach (var refused in refunds.Where(r => r is { IsHeld: false, ReplacedAt: null }))
        {
            refused.ReplacedAt = time.Now;
            await journal.PostAsync(Replaced(refused, payment), cancel);
        }
        await journal.PostAsync(
            new Entry("refund-decided", $"refund-decided:{refund.Id}", time.Now, refund.RefundNo,
                [new(payment.Income, back), new(Accounts.CustomerRefund(payment.OrderId), -back)], payment.OrderId),
            cancel);
        outbox.Publish(new RefundRequested(refund.Id));
        return back;
    }

    private Entry Replaced(RefundRow refund, PaymentRow payment) => new(
        "refund-replaced", $"refund-replaced:{refund.Id}", time.Now, refund.RefundNo,
        [new(Accounts.CustomerRefund(refund.OrderId), refund.Amount), new(payment.Income, -refund.Amount)], refund.OrderId);
}
