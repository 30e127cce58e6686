using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Notifications;

namespace HaoSuan.Payments;

/// <summary>Money of which a channel does not say what has become, which it does not give back, or of which we do not know what it is for.</summary>
internal sealed class UnsettledMoney(Db db) : ICompare
{
    private static readonly CaseKind Unknown = new("payments.case_unknown", Policies.Finance, TimeSpan.FromHours(4));
    private static readonly CaseKind RefundUnknown = new("payments.case_refund_unknown", Policies.Finance, TimeSpan.FromHours(8));
    private static readonly CaseKind RefundFailed = new("payments.case_refund_failed", Policies.Finance, TimeSpan.FromDays(1));
    private static readonly CaseKind Disputed = new("payments.case_disputed", Policies.Finance, TimeSpan.FromDays(1));

    public static IReadOnlyList<CaseKind> Kinds => [Unknown, RefundUnknown, RefundFailed, Disputed];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (allRefunds, allVouchers) = (db.Refunds, db.Vouchers);
        var silent = (Instant?)(comparison.Now - Silence.Patience);
        var payments = db.Payments.AsNoTracking().Where(p => p.NextQueryAt != null && p.Status == PaymentStatus.Pending && p.SilentSince <= silent);
        await foreach (var p in payments.AsAsyncEnumerable().WithCancellation(cancel))
            yield return OfPayment(Unknown, p, p.SilentSince!.Value, p.TradeNo, p.Amount);

        var refunds = Paid(db.Refunds.Where(r => r.NextQueryAt != null && r.Status == RefundStatus.Requested && r.SilentSince <= silent));
        await foreach (var (refund, purpose) in refunds.AsAsyncEnumerable().WithCancellation(cancel))
            yield return OfRefund(RefundUnknown, refund, purpose, refund.SilentSince!.Value);

        // A later refund of the same payment, decided anew, takes its place; not that of one that may still be paid.
        var failed = Paid(db.Refunds.Where(r => r.Status == RefundStatus.Failed
            && (EF.Functions.Like(r.ChannelError, RefundRow.Abnormal + "%") || !allRefunds.Any(
                later => later.PaymentId == r.PaymentId && later.Status != RefundStatus.Failed && later.CreatedAt > r.CreatedAt))));
        await foreach (var (refund, purpose) in failed.AsAsyncEnumerable().WithCancellation(cancel))
            yield return OfRefund(RefundFailed, refund, purpose, refund.CreatedAt);

        var disputed = db.Payments.AsNoTracking().Where(p => p.Status == PaymentStatus.Disputed)
            .Select(p => new
            {
                Payment = p,
                Paid = allVouchers.Where(v => v.OrderNo == p.OrderNo && v.PaymentId == p.Id && v.Kind == VoucherKind.Payment).Sum(v => v.Amount.Minor),
            });
        await foreach (var d in disputed.AsAsyncEnumerable().WithCancellation(cancel))
        {
            var (payment, paid) = (d.Payment, new Money(d.Paid));
            yield return OfPayment(Disputed, payment, payment.SettledAt ?? payment.CreatedAt, payment.TradeNo, payment.Amount, paid) with { Amount = paid };
        }
    }

    private IQueryable<PaidBack> Paid(IQueryable<RefundRow> refunds) =>
        refunds.AsNoTracking().Join(db.Payments, r => r.PaymentId, p => p.Id, (r, p) => new PaidBack(r, p.Purpose));

    private sealed record PaidBack(RefundRow Refund, PaymentFor Purpose);

    private static Finding OfPayment(CaseKind kind, PaymentRow row, Instant since, params IReadOnlyList<NotificationValue> values) =>
        new(kind, $"{row.Id.Value}", row.TradeNo, PaidPages.Of(row.Purpose, row.OrderId), since, values) { Amount = row.Amount };

    private static Finding OfRefund(CaseKind kind, RefundRow row, PaymentFor purpose, Instant since) =>
        new(kind, $"{row.Id}", row.RefundNo, PaidPages.Of(purpose, row.OrderId), since, row.RefundNo, row.Amount) { Amount = row.Amount };
}
