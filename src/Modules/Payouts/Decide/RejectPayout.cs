namespace HaoSuan.Payouts;

/// <summary>
/// Finance says no (驳回), or takes back its yes as long as nothing has gone out: the amount is available again, and the distributor reads the reason.
/// </summary>
public sealed class RejectPayout(Db db, EndPayout end, Actor actor, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(PayoutId id, string reason, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (string.IsNullOrWhiteSpace(reason)) return new Refusal("payouts.reason_missing").On("reason");
            var payout = await db.Payouts.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
            if (payout is not ({ Status: PayoutStatus.Requested or PayoutStatus.Checked } or { Status: PayoutStatus.Approved, SentAt: null }))
                return new Refusal("payouts.not_requested");
            (payout.DecidedAt, payout.DecidedBy) = (time.Now, actor.Name);
            (payout.Tax, payout.TaxMethod, payout.TaxMonth, payout.TaxExplanation, payout.BatchId) = (Money.Zero, null, null, null, null);
            await end.ReturnAsync(payout, PayoutStatus.Rejected, reason.Trim(), cancel);
            return default(Done);
        }, cancel);
}
