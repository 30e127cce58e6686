using HaoSuan.Distributors;
using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>
/// Finance says yes (通过); a large request needs a second person (复核). Tax is withheld for the month of the last yes, after what the
/// distributor was paid before, and what was approved for him: his balance is held, so that of two approvals at once the second sees the first.
/// </summary>
public sealed class ApprovePayout(
    Db db, Journal journal, PayoutTax tax, Tree tree, TenantScope tenant, Actor actor, Audit audit, Outbox outbox, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(PayoutId id, CancellationToken cancel = default) =>
        db.InTransaction(() => DecideAsync(id, cancel), cancel);

    private async Task<Result<Done>> DecideAsync(PayoutId id, CancellationToken cancel)
    {
        var payout = await db.Payouts.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
        if (payout is not { Status: PayoutStatus.Requested or PayoutStatus.Checked }) return new Refusal("payouts.not_requested");
        if (await tree.FindAsync(payout.DistributorId, cancel) is { Frozen: true }) return new Refusal("payouts.frozen_one");
        var available = await journal.OwedForUpdateAsync(Accounts.Available(payout.DistributorId), cancel);
        if (available < Money.Zero) return new Refusal("payouts.debt_meanwhile", -available);
        var month = Month.Of(tenant.Zone.DateOf(time.Now));
        if (payout.InvoiceNo is null && await tax.KindAsync(payout.DistributorId, month, cancel) == TaxKind.Company)
            return new Refusal("payouts.invoice_missing");
        if (payout.Status == PayoutStatus.Requested && payout.NeedsSecond)
        {
            (payout.Status, payout.CheckedAt, payout.CheckedBy) = (PayoutStatus.Checked, time.Now, actor.Name);
            audit.Record("payout.checked", $"payout:{id.Value}", payout.Amount.ToString());
            outbox.Publish(new PayoutChecked(id, payout.Number, payout.Amount));
            return default(Done);
        }
        if (payout.CheckedBy == actor.Name) return new Refusal("payouts.second_person");
        await tax.SetAsync(payout, month, cancel);
        if (payout.Net <= Money.Zero) return new Refusal("payouts.nothing_left", payout.Amount, payout.Tax);
        (payout.Status, payout.DecidedAt, payout.DecidedBy) = (PayoutStatus.Approved, time.Now, actor.Name);
        audit.Record("payout.approved", $"payout:{id.Value}", $"{payout.Amount} - {payout.Tax} - {payout.Fee}");
        outbox.Publish(new PayoutUnderway(id, payout.Number, payout.DistributorId, payout.Amount, payout.Net));
        return default(Done);
    }
}
