using HaoSuan.Settling.Tax;

namespace HaoSuan.Payouts;

/// <summary>What was withheld, by month and person: what the returns, the reports and the certificates are made of.</summary>
public sealed class TaxRecords(Db db, Vault vault)
{
    /// <summary>Everybody who was paid in the month, or whose month was corrected.</summary>
    public async Task<IReadOnlyList<TaxedMonth>> MonthAsync(Month month, CancellationToken cancel = default)
    {
        var paid = await PaidAsync(p => p.TaxMonth == month, cancel);
        var corrections = await db.TaxCorrections.AsNoTracking().Where(c => c.Month == month).ToListAsync(cancel);
        var who = paid.Select(p => p.DistributorId).Concat(corrections.Select(c => c.DistributorId)).Distinct().ToList();
        var before = (await PaidAsync(p => who.Contains(p.DistributorId) && p.TaxMonth < month, cancel)).ToLookup(p => p.DistributorId);
        var earlier = (await db.TaxCorrections.AsNoTracking().Where(c => who.Contains(c.DistributorId) && c.Month < month).ToListAsync(cancel))
            .ToLookup(c => c.DistributorId);
        var kinds = await KindsAsync(who, month, cancel);
        return [.. who.Select(id => Of(id, kinds[id], month, [.. paid.Where(p => p.DistributorId == id)],
            Sum(corrections.Where(c => c.DistributorId == id), c => c.Tax),
            method => [
                .. before[id].Where(p => p.TaxMethod == method).Select(PayoutTax.Before),
                .. earlier[id].Where(c => c.Method == method).Select(PayoutTax.Before),
            ]))];
    }

    /// <summary>The tax profiles of a distributor, the newest first.</summary>
    public async Task<IReadOnlyList<TaxProfile>> ProfilesAsync(DistributorId distributor, CancellationToken cancel = default)
    {
        var rows = await db.TaxProfiles.AsNoTracking().Where(p => p.DistributorId == distributor).ToListAsync(cancel);
        var masked = await vault.MaskedAsync([.. rows.SelectMany(r => new[] { r.NameId, r.IdNumberId }).OfType<SecretId>()], cancel);
        return [.. rows.OrderByDescending(r => r.ValidFrom.Number).Select(r => new TaxProfile(r.ValidFrom, r.Kind, Text(r.NameId), Text(r.IdNumberId)))];

        string? Text(SecretId? id) => id is { } secret ? masked[secret] : null;
    }

    /// <summary>The corrections of a distributor, the newest first.</summary>
    public async Task<IReadOnlyList<TaxCorrection>> CorrectionsAsync(DistributorId distributor, CancellationToken cancel = default) =>
        [.. (await db.TaxCorrections.AsNoTracking().Where(c => c.DistributorId == distributor).OrderByDescending(c => c.MadeAt).ToListAsync(cancel))
            .Select(c => new TaxCorrection(c.DistributorId, c.Month, c.Tax, c.Reason, c.MadeAt))];

    /// <summary>What a distributor was paid in a year, month by month, and what was withheld.</summary>
    public async Task<IReadOnlyList<(Month Month, Money Income, Money Tax)>> YearAsync(DistributorId distributor, int year, CancellationToken cancel = default)
    {
        var (first, last) = ((Month?)new Month(year, 1), (Month?)new Month(year, 12));
        var paid = await PaidAsync(p => p.DistributorId == distributor && p.TaxMonth >= first && p.TaxMonth <= last, cancel);
        var (from, until) = (new Month(year, 1), new Month(year, 12));
        var corrected = await db.TaxCorrections.AsNoTracking()
            .Where(c => c.DistributorId == distributor && c.Month >= from && c.Month <= until).ToListAsync(cancel);
        return [.. paid.Select(p => p.TaxMonth!.Value).Concat(corrected.Select(c => c.Month)).Distinct().OrderBy(m => m.Number).Select(m => (
            m, Sum(paid.Where(p => p.TaxMonth == m), p => p.Amount),
            Sum(paid.Where(p => p.TaxMonth == m), p => p.Tax) + Sum(corrected.Where(c => c.Month == m), c => c.Tax)))];
    }

    /// <summary>In which years a distributor was paid, the newest first.</summary>
    public async Task<IReadOnlyList<int>> YearsAsync(DistributorId distributor, CancellationToken cancel = default) =>
        [.. (await db.Payouts.Where(p => p.DistributorId == distributor && p.Status == PayoutStatus.Paid && p.TaxMonth != null)
            .Select(p => p.TaxMonth).Distinct().ToListAsync(cancel)).Select(m => m!.Value.Year).Distinct().OrderDescending()];

    /// <summary>Name and number in clear, for a return; each reveal is audited. Null where nobody has told.</summary>
    internal async Task<(string? Name, string? IdNumber)> IdentityAsync(DistributorId distributor, Month month, string purpose, CancellationToken cancel)
    {
        var rows = await db.TaxProfiles.AsNoTracking().Where(p => p.DistributorId == distributor).ToListAsync(cancel);
        // Who somebody is holds for earlier months too, where it was told later.
        var known = rows.Where(p => p.IdNumberId is not null || p.NameId is not null)
            .OrderByDescending(p => p.ValidFrom <= month).ThenByDescending(p => p.ValidFrom.Number).FirstOrDefault();
        return (
            known?.NameId is { } name ? await vault.RevealAsync(name, purpose, cancel) : null,
            known?.IdNumberId is { } number ? await vault.RevealAsync(number, purpose, cancel) : null);
    }

    /// <summary>Who of them has told a number.</summary>
    public async Task<IReadOnlySet<DistributorId>> KnownAsync(IReadOnlyCollection<DistributorId> who, CancellationToken cancel = default) =>
        (await db.TaxProfiles.Where(p => who.Contains(p.DistributorId) && p.IdNumberId != null).Select(p => p.DistributorId).ToListAsync(cancel)).ToHashSet();

    private async Task<Dictionary<DistributorId, TaxKind>> KindsAsync(List<DistributorId> who, Month month, CancellationToken cancel)
    {
        var profiles = (await db.TaxProfiles.AsNoTracking().Where(p => who.Contains(p.DistributorId)).ToListAsync(cancel)).ToLookup(p => p.DistributorId);
        return who.ToDictionary(id => id, id => profiles[id].Where(p => p.ValidFrom <= month).MaxBy(p => p.ValidFrom)?.Kind ?? PayoutTax.Usual);
    }

    private async Task<List<PayoutRow>> PaidAsync(System.Linq.Expressions.Expression<Func<PayoutRow, bool>> which, CancellationToken cancel) =>
        await db.Payouts.AsNoTracking().Where(p => p.Status == PayoutStatus.Paid && p.TaxMonth != null).Where(which).ToListAsync(cancel);

    private static TaxedMonth Of(
        DistributorId id, TaxKind kind, Month month, IReadOnlyList<PayoutRow> paid, Money corrected, Func<TaxMethod, IReadOnlyList<PaidBefore>> history)
    {
        var income = Sum(paid, p => p.Amount);
        var law = kind.Method is { } method ? Withholding.Of(method, new(month.First, income), history(method)).Value : null;
        return new(id, kind, paid.Count, income, Sum(paid, p => p.Fee), Sum(paid, p => p.Tax), corrected, law);
    }

    private static Money Sum<T>(IEnumerable<T> items, Func<T, Money> amount) => items.Aggregate(Money.Zero, (sum, item) => sum + amount(item));
}
