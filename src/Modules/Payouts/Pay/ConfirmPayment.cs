namespace HaoSuan.Payouts;

/// <summary>Takes the bank's word for one payout, as finance has heard it: paid under its number, or failed for a reason.</summary>
public sealed class ConfirmPayment(Db db, EndPayout end, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(PayoutId id, bool paid, string note, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (string.IsNullOrWhiteSpace(note)) return new Refusal(paid ? "payouts.bank_number_missing" : "payouts.reason_missing").On("note");
            var payout = await db.Payouts.Where(p => p.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
            if (payout is not { Status: PayoutStatus.Approved, Method: PayoutMethod.Bank, SentAt: not null }) return new Refusal("payouts.not_at_bank");
            if (paid) await end.PaidAsync(payout, note.Trim(), time.Now, null, cancel);
            else await end.ReturnAsync(payout, PayoutStatus.Failed, note.Trim(), cancel);
            return default(Done);
        }, cancel);
}
