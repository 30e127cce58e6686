using HaoSuan.Settling.Tax;

namespace HaoSuan.Payouts;

/// <summary>
/// The tax on a payout: by the distributor's tax profile of the month, after what was paid before and what is on its way (docs/income-tax.md).
/// Should that fail, too much was withheld from this one for now, and the next one is withheld the less.
/// </summary>
public sealed class PayoutTax(Db db)
{
    /// <summary>How it is withheld where a distributor has no profile of its own.</summary>
    public const TaxKind Usual = TaxKind.Cumulative;

    internal async Task SetAsync(PayoutRow payout, Month month, CancellationToken cancel)
    {
        var withheld = await WithholdAsync(payout.DistributorId, payout.Amount, month, payout.Id, cancel);
        (payout.Tax, payout.TaxMethod, payout.TaxMonth, payout.TaxExplanation) = (withheld.Tax, withheld.Method, month, withheld.Explanation);
        payout.Fee = Money.Min(payout.Fee, payout.Amount - payout.Tax);
    }

    /// <param name="distributor">Who is paid.</param>
    /// <param name="amount">Gross.</param>
    /// <param name="month">In which it is taxed.</param>
    /// <param name="of">The payout itself, which is not paid before itself; null: there is none yet.</param>
    /// <param name="cancel">Stops it.</param>
    internal async Task<(Money Tax, TaxMethod? Method, string? Explanation)> WithholdAsync(
        DistributorId distributor, Money amount, Month month, PayoutId? of, CancellationToken cancel)
    {
        if ((await KindAsync(distributor, month, cancel)).Method is not { } method) return (Money.Zero, null, null);
        var paid = await db.Payouts.AsNoTracking()
            .Where(p => p.DistributorId == distributor && p.TaxMethod == method && p.Id != of
                && (p.Status == PayoutStatus.Paid || p.Status == PayoutStatus.Approved)).ToListAsync(cancel);
        var corrected = await db.TaxCorrections.AsNoTracking().Where(c => c.DistributorId == distributor && c.Method == method).ToListAsync(cancel);
        var withheld = Withholding.Of(method, new(month.First, amount), [.. paid.Select(Before), .. corrected.Select(Before)]);
        return (withheld.Value.Tax, method, TaxInWords.Of(withheld.Value));
    }

    internal static PaidBefore Before(PayoutRow paid) => new(new(paid.TaxMonth!.Value.First, paid.Amount), paid.Tax);

    internal static PaidBefore Before(TaxCorrectionRow corrected) => new(new(corrected.Month.First, Money.Zero), corrected.Tax);

    /// <summary>How a distributor is taxed in a month.</summary>
    public async Task<TaxKind> KindAsync(DistributorId distributor, Month month, CancellationToken cancel = default)
    {
        var profiles = await db.TaxProfiles.AsNoTracking().Where(p => p.DistributorId == distributor).ToListAsync(cancel);
        return profiles.Where(p => p.ValidFrom <= month).MaxBy(p => p.ValidFrom)?.Kind ?? Usual;
    }
}
