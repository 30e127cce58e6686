using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>
/// Sets how a distributor is taxed from a month on. The present month may be set anew until something was paid out in it; the past never. The
/// balance is held, so that no payout is approved by the old one meanwhile.
/// </summary>
public sealed class SetTaxProfile(Db db, Journal journal, Vault vault, TenantScope tenant, Audit audit, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(NewTaxProfile asked, CancellationToken cancel = default) =>
        db.InTransaction(() => SetAsync(asked, cancel), cancel);

    private async Task<Result<Done>> SetAsync(NewTaxProfile asked, CancellationToken cancel)
    {
        var (id, from) = (asked.DistributorId, asked.From);
        var (name, number) = (asked.Name?.Trim() ?? "", asked.IdNumber?.Trim().ToUpperInvariant() ?? "");
        List<Refusal> refusals = [];
        if (from < Month.Of(tenant.Zone.DateOf(time.Now))) refusals.Add(new Refusal("payouts.tax_month_past", from).On("valid_from"));
        if (name.Length is 1 or > 100) refusals.Add(new Refusal("payouts.tax_name").On("name"));
        if (number.Length > 0 && !IsNumber(asked.Kind, number))
            refusals.Add(new Refusal(asked.Kind == TaxKind.Company ? "payouts.tax_company_number" : "payouts.tax_person_number").On("id_number"));
        await journal.OwedForUpdateAsync(Accounts.Available(id), cancel);
        var taxed = await db.Payouts.Where(p => p.DistributorId == id && p.TaxMonth != null && p.Status != PayoutStatus.Failed)
            .Select(p => p.TaxMonth).ToListAsync(cancel);
        if (taxed.Any(m => m >= from)) refusals.Add(new Refusal("payouts.tax_month_used", from).On("valid_from"));
        if (refusals.Count > 0) return refusals;
        var profiles = await db.TaxProfiles.AsNoTracking().Where(p => p.DistributorId == id).ToListAsync(cancel);
        var before = profiles.Where(p => p.ValidFrom <= from).MaxBy(p => p.ValidFrom);
        await db.TaxProfiles.Where(p => p.DistributorId == id && p.ValidFrom == from).ExecuteDeleteAsync(cancel);
        db.Add(new TaxProfileRow
        {
            DistributorId = id,
            ValidFrom = from,
            Kind = asked.Kind,
            NameId = name.Length > 0 ? await vault.KeepAsync(SecretKind.Name, name, cancel) : before?.NameId,
            IdNumberId = number.Length > 0 ? await vault.KeepAsync(SecretKind.IdNumber, number, cancel) : before?.IdNumberId,
        });
        audit.Record("payout.tax_profile_set", $"distributor:{id.Value}", $"{from} {asked.Kind}");
        return default(Done);
    }

    private static bool IsNumber(TaxKind kind, string number) => kind == TaxKind.Company
        ? number.Length == 18 && number.All(char.IsAsciiLetterOrDigit)
        : CitizenId.IsValid(number, out _);
}
