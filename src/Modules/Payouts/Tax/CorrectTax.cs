using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>
/// Corrects what was withheld in a month that is over (更正申报). Too little is taken from the distributor's available balance, which may become a
/// debt; too much is given back to it. The month's return tells it, and whatever is withheld later counts it as withheld.
/// </summary>
public sealed class CorrectTax(Db db, Journal journal, PayoutTax tax, TenantScope tenant, Actor actor, Audit audit, TimeProvider time)
{
    /// <param name="distributor">Whose.</param>
    /// <param name="month">Which month.</param>
    /// <param name="missing">What was withheld too little; negative: too much.</param>
    /// <param name="reason">Why, for the tax office and for the distributor.</param>
    /// <param name="requestKey">Of the form: sent twice, it corrects once.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> RunAsync(
        DistributorId distributor, Month month, Money missing, string reason, string requestKey, CancellationToken cancel = default) =>
        db.InTransaction(() => CorrectAsync(distributor, month, missing, reason.Trim(), requestKey, cancel), cancel);

    private async Task<Result<Done>> CorrectAsync(
        DistributorId distributor, Month month, Money missing, string reason, string requestKey, CancellationToken cancel)
    {
        await journal.OwedForUpdateAsync(Accounts.Available(distributor), cancel);
        if (await db.TaxCorrections.AnyAsync(c => c.DistributorId == distributor && c.RequestKey == requestKey, cancel)) return default(Done);
        List<Refusal> refusals = [];
        if (reason.Length is 0 or > 200) refusals.Add(new Refusal("payouts.reason_missing").On("reason"));
        if (month >= Month.Of(tenant.Zone.DateOf(time.Now))) refusals.Add(new Refusal("payouts.correction_month", month).On("month"));
        var method = (await tax.KindAsync(distributor, month, cancel)).Method;
        var paid = await db.Payouts.Where(p => p.DistributorId == distributor && p.TaxMonth == month && p.Status == PayoutStatus.Paid)
            .SumAsync(p => p.Tax.Minor, cancel);
        var corrected = await db.TaxCorrections.Where(c => c.DistributorId == distributor && c.Month == month).SumAsync(c => c.Tax.Minor, cancel);
        if (method is null) refusals.Add(new Refusal("payouts.correction_untaxed", month).On("month"));
        if (missing.IsZero || paid + corrected + missing.Minor < 0)
            refusals.Add(new Refusal("payouts.correction_amount", new Money(paid + corrected)).On("tax"));
        if (refusals.Count > 0) return refusals;
        var id = Guid.CreateVersion7(time.GetUtcNow());
        db.Add(new TaxCorrectionRow
        {
            Id = id,
            DistributorId = distributor,
            Month = month,
            Method = method!.Value,     // checked above
            Tax = missing,
            Reason = reason,
            RequestKey = requestKey,
            MadeAt = time.Now,
            MadeBy = actor.Name,
        });
        await journal.PostAsync(
            new Entry("tax-corrected", $"tax-corrected:{id}", time.Now, $"{month}",
                [new(Accounts.Available(distributor), missing), new(Accounts.TaxWithheld, -missing)]),
            cancel);
        audit.Record("payout.tax_corrected", $"distributor:{distributor.Value}", $"{month} {missing}");
        return default(Done);
    }
}
