using HaoSuan.Distributors;
using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>
/// Tries a payout that has failed once more (重新付款), to the account that the distributor has now and under a new reference. Its amount had become
/// available again and is taken anew, so that a payout is paid at most once whatever becomes of its references. One that needs two persons needs
/// a second one again: it may go to another account than they have seen.
/// </summary>
public sealed class RetryPayout(
    Db db, Journal journal, PayoutTax tax, Tree tree, TenantScope tenant, Actor actor, Audit audit, Outbox outbox, TimeProvider time)
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
            (payout.IsOpen, payout.EndedAt, payout.Reason) = (true, null, null);
            (payout.BatchId, payout.SentAt, payout.Confirmation, payout.ChannelNo) = (null, null, null, null);
            if (payout.NeedsSecond)
            {
                (payout.Status, payout.CheckedAt, payout.CheckedBy, payout.DecidedAt, payout.DecidedBy) =
                    (PayoutStatus.Checked, time.Now, actor.Name, null, null);
                (payout.Tax, payout.TaxMethod, payout.TaxMonth, payout.TaxExplanation) = (Money.Zero, null, null, null);
                outbox.Publish(new PayoutChecked(id, payout.Number, payout.Amount));
            }
            else
            {
                (payout.Status, payout.DecidedAt, payout.DecidedBy) = (PayoutStatus.Approved, time.Now, actor.Name);
                await tax.SetAsync(payout, Month.Of(tenant.Zone.DateOf(time.Now)), cancel);
                if (payout.Net <= Money.Zero) return new Refusal("payouts.nothing_left", payout.Amount, payout.Tax);
            }
            await journal.PostAsync(payout.TakeFromBalance(time.Now), cancel);
            audit.Record("payout.retried", $"payout:{id.Value}", payout.Reference);
            return default(Done);
        }, cancel);
}
