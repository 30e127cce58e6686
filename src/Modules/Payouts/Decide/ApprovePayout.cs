using HaoSuan.Distributors;

namespace HaoSuan.Payouts;

/// <summary>A payout was approved: its tax and fee are fixed.</summary>
internal sealed record PayoutApproved(PayoutId PayoutId) : IEvent;

/// <summary>
/// Finance says yes (通过). Tax is withheld for the month of the approval, after what the distributor was paid before; since a
/// distributor has at most one open payout, nothing else changes that history meanwhile.
/// </summary>
public sealed class ApprovePayout(
    Db db, PayoutPolicy policy, PayoutTax tax, Tree tree, TenantScope tenant, Actor actor, Audit audit, Outbox outbox, TimeProvider time)
{
    private static readonly TimeSpan FirstQueryAfter = TimeSpan.FromMinutes(1);

    public Task<Result<Done>> RunAsync(PayoutId id, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var payout = await db.Payouts.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
            if (payout is not { Status: PayoutStatus.Requested }) return new Refusal("payouts.not_requested");
            if (await tree.FindAsync(payout.DistributorId, cancel) is { Frozen: true }) return new Refusal("payouts.frozen_one");
            var month = Month.Of(tenant.Zone.DateOf(time.Now));
            var withheld = await tax.WithholdAsync(payout.DistributorId, payout.Amount, month, cancel);
            (payout.Tax, payout.TaxMethod, payout.TaxMonth, payout.TaxExplanation) = (withheld.Tax, withheld.Method, month, withheld.Explanation);
            payout.Fee = Money.Min(policy.FeeOf(payout.Amount), payout.Amount - payout.Tax);
            (payout.Status, payout.DecidedAt, payout.DecidedBy) = (PayoutStatus.Approved, time.Now, actor.Name);
            if (payout.Method == PayoutMethod.Alipay) payout.NextQueryAt = time.Now + FirstQueryAfter;
            audit.Record("payout.approved", $"payout:{id.Value}", $"{payout.Amount} - {payout.Tax} - {payout.Fee}");
            outbox.Publish(new PayoutApproved(id));
            outbox.Publish(new PayoutUnderway(id, payout.Number, payout.DistributorId, payout.Amount, payout.Net));
            return default(Done);
        }, cancel);
}
