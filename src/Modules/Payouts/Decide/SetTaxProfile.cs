using HaoSuan.Settling.Tax;

namespace HaoSuan.Payouts;

/// <summary>
/// Sets how a distributor's tax is withheld from a month on. The present month may be set anew until something was paid out
/// in it; the past never.
/// </summary>
public sealed class SetTaxProfile(Db db, TenantScope tenant, Audit audit, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(DistributorId distributor, Month validFrom, TaxMethod? method, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (validFrom < Month.Of(tenant.Zone.DateOf(time.Now))) return new Refusal("payouts.tax_month_past", validFrom).On("valid_from");
            var taxed = await db.Payouts.Where(p => p.DistributorId == distributor && p.TaxMonth != null).Select(p => p.TaxMonth).ToListAsync(cancel);
            if (taxed.Any(m => m >= validFrom)) return new Refusal("payouts.tax_month_used", validFrom).On("valid_from");
            await db.TaxProfiles.Where(p => p.DistributorId == distributor && p.ValidFrom == validFrom).ExecuteDeleteAsync(cancel);
            db.Add(new TaxProfileRow { DistributorId = distributor, ValidFrom = validFrom, Method = method });
            audit.Record("payout.tax_profile_set", $"distributor:{distributor.Value}", $"{validFrom} {method}");
            return default(Done);
        }, cancel);
}
