using HaoSuan.Settling.Tax;

namespace HaoSuan.Payouts;

/// <summary>The tax on a payout: by the distributor's tax profile of the month, after what was paid before (docs/income-tax.md).</summary>
public sealed class PayoutTax(Db db, PayoutPolicy policy)
{
    internal async Task<(Money Tax, TaxMethod? Method, string? Explanation)> WithholdAsync(
        DistributorId distributor, Money amount, Month month, CancellationToken cancel)
    {
        if (await MethodAsync(distributor, month, cancel) is not { } method) return (Money.Zero, null, null);
        var before = await db.Payouts.AsNoTracking()
            .Where(p => p.DistributorId == distributor && p.Status == PayoutStatus.Paid && p.TaxMethod == method).ToListAsync(cancel);
        var withheld = Withholding.Of(method, new(month.First, amount),
            [.. before.Select(p => new PaidBefore(new(p.TaxMonth!.Value.First, p.Amount), p.Tax))]);
        return (withheld.Value.Tax, method, TaxInWords.Of(withheld.Value));
    }

    private async Task<TaxMethod?> MethodAsync(DistributorId distributor, Month month, CancellationToken cancel)
    {
        var profile = await db.TaxProfiles.AsNoTracking().Where(p => p.DistributorId == distributor).ToListAsync(cancel);
        var inForce = profile.Where(p => p.ValidFrom <= month).MaxBy(p => p.ValidFrom);
        return inForce is null ? policy.Tax : inForce.Method;
    }
}
