using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Notifications;

namespace HaoSuan.Payments;

/// <summary>Money of which a channel does not say what has become, which it does not give back, or of which we do not know what it is for.</summary>
internal sealed class UnsettledMoney(Db db, Disputes disputes) : ICompare
{
    private static readonly CaseKind Unknown = new("payments.case_unknown", Policies.Finance, TimeSpan.FromHours(4));
    private static readonly CaseKind RefundUnknown = new("payments.case_refund_unknown", Policies.Finance, TimeSpan.FromHours(8));
    private static readonly CaseKind RefundFailed = new("payments.case_refund_failed", Policies.Finance, TimeSpan.FromDays(1));
    private static readonly CaseKind PaidAfterAll = new("payments.case_paid_after_all", Policies.Finance, TimeSpan.FromDays(1));
    private static readonly CaseKind Disputed = new("payments.case_disputed", Policies.Finance, TimeSpan.FromDays(1));

    public static IReadOnlyList<CaseKind> Kinds => [Unknown, RefundUnknown, RefundFailed, PaidAfterAll, Disputed];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        var silent = (Instant?)(comparison.Now - Silence.Patience);
        var payments = db.Payments.AsNoTracking().Where(p => p.NextQueryAt != null && p.Status == PaymentStatus.Pending && p.SilentSince <= silent);
        await foreach (var p in payments.AsAsyncEnumerable().WithCancellation(cancel))
            yield return OfPayment(Unknown, p, p.SilentSince!.Value, p.TradeNo, p.Amount);

        var refunds = Paid(db.Refunds.Where(r => r.NextQueryAt != null && r.Status == RefundStatus.Requested && r.SilentSince <= silent));
        await foreach (var (refund, purpose) in refunds.AsAsyncEnumerable().WithCancellation(cancel))
            yield return OfRefund(RefundUnknown, refund, purpose, refund.SilentSince!.Value);

        var failed = Paid(db.Refunds.Where(r => r.Status == RefundStatus.Failed && r.ReplacedAt == null));
        await foreach (var (refund, purpose) in failed.AsAsyncEnumerable().WithCancellation(cancel))
            yield return OfRefund(RefundFailed, refund, purpose, refund.CreatedAt);

        var twice = Paid(db.Refunds.Where(r => r.Status == RefundStatus.Done && r.ReplacedAt != null));
        await foreach (var (refund, purpose) in twice.AsAsyncEnumerable().WithCancellation(cancel))
            yield return OfRefund(PaidAfterAll, refund, purpose, refund.SettledAt ?? refund.CreatedAt);

        // What is kept in suspense, finance has explained.
        await foreach (var d in disputes.Waiting().AsAsyncEnumerable().WithCancellation(cancel))
        {
            yield return new(Disputed, $"{d.PaymentId.Value}", d.TradeNo, $"/office/vouchers/{d.Voucher}", d.At, d.TradeNo, d.Asked, d.Received)
            {
                Amount = d.Received,
            };
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
