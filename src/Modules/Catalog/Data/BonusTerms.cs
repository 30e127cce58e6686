using System.Text;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;

namespace HaoSuan.Catalog;

/// <summary>What has to hold of a bonus, when it is written and again when it is decided.</summary>
internal static class BonusTerms
{
    public static Month ThisMonth(TenantScope tenant, TimeProvider time) => Month.Of(tenant.Zone.DateOf(time.Now));

    public static Result<Bonus> Read(string json) =>
        SchemeText.TryReadBonus(Encoding.UTF8.GetBytes(json), out var bonus, out var faults) ? bonus : SchemeDocument.Refusals(faults);

    public static IEnumerable<Refusal> MonthFaults(Month first, Month? last, Month now)
    {
        if (first < now) yield return new Refusal("catalog.month_is_past", now).On("first");
        if (last < first) yield return new Refusal("catalog.months_reversed").On("last");
    }

    /// <summary>A bonus ends once; a month that has begun is paid to its end.</summary>
    public static Refusal? EndFault(BonusRow live, Month last, Month now)
    {
        if (live.LastMonth is { } end && last >= end) return new Refusal("catalog.bonus_ends_before", end).On("last");
        var least = live.FirstMonth > now ? live.FirstMonth : now;
        return last < least ? new Refusal("catalog.month_is_past", least).On("last") : null;
    }

    extension(Schemes schemes)
    {
        /// <summary>Everything that is against a version as things are now.</summary>
        internal async Task<IReadOnlyList<Refusal>> FaultsAsync(BonusVersion version, Db db, Month now, CancellationToken cancel)
        {
            if (!version.IsEnd) return [.. MonthFaults(version.First, version.Last, now), .. await schemes.FaultsAsync(version.Bonus, db, cancel)];
            var live = await db.Bonuses.AsNoTracking().SingleAsync(b => b.Key == version.Key, cancel);
            return EndFault(live, version.Last!.Value, now) is { } fault ? [fault] : [];      // an end has its month
        }

        /// <summary>Every product that is named exists and has the stage; of all products, one at least has it.</summary>
        internal async Task<IReadOnlyList<Refusal>> FaultsAsync(Bonus bonus, Db db, CancellationToken cancel)
        {
            var products = await db.Products.AsNoTracking().ToListAsync(cancel);
            if ((bonus.Products ?? []).Except(products.Select(p => p.Code)).FirstOrDefault() is { } unknown)
                return [new Refusal("catalog.scheme_fault", "products", $"unknown product {unknown}", $"没有产品 {unknown}").On("products")];
            List<string> with = [];
            foreach (var product in products)
            {
                if ((await schemes.VersionsAsync(product.Id, cancel)).Any(v => Contradictions.HasStage(v.Scheme, bonus.Stage))) with.Add(product.Code);
            }
            if (bonus.Products is { } named)
                return named.Except(with).FirstOrDefault() is { } without ? [new Refusal("catalog.bonus_stage_missing", without, bonus.Stage).On("stage")] : [];
            return with.Count > 0 ? [] : [new Refusal("catalog.bonus_stage_unknown", bonus.Stage).On("stage")];
        }
    }
}
