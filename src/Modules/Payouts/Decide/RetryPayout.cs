using HaoSuan.Distributors;
using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>
/// Tries a payout that has failed once more (重新付款), to the account that the distributor has now and under a new reference. Its amount had become
/// available again and is taken anew, so that a payout is paid at most once whatever becomes of its references.
/// </summary>
public sealed class RetryPayout(Db db, Journal journal, PayoutTax tax, Tree tree, TenantScope tenant, Actor actor, Audit audit, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(PayoutId id, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var payout = await db.Payouts.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
            if (payout is not { Status: PayoutStatus.Failed }) return new Refusal("payouts.not_failed");
            if (await tree.FindAsync(payout.DistributorId, cancel) is { Frozen: true }) return new Refusal("payouts.frozen_one");
            var available = await journal.OwedForUpdateAsync(Accounts.Available(payout.DistributorId), cancel);
            if (available < payout.Amount) return new Refusal("payouts.above_available", Money.Max(available, Money.Zero));
            var account = (await db.AccountOfAsync(payout.DistributorId, cancel))!;      // it had one
            (payout.Attempt, payout.AccountId, payout.Method) = (payout.Attempt + 1, account.Id, account.Method);
            (payout.Status, payout.IsOpen, payout.EndedAt, payout.Reason) = (PayoutStatus.Approved, true, null, null);
            (payout.BatchId, payout.SentAt, payout.Confirmation, payout.ChannelNo) = (null, null, null, null);
            (payout.DecidedAt, payout.DecidedBy) = (time.Now, actor.Name);
            await tax.SetAsync(payout, Month.Of(tenant.Zone.DateOf(time.Now)), cancel);
            await journal.PostAsync(payout.TakeFromBalance(time.Now), cancel);
            audit.Record("payout.retried", $"payout:{id.Value}", payout.Reference);
            return default(Done);
        }, cancel);
}
