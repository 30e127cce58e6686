using System.Text;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;

namespace HaoSuan.Catalog;

/// <summary>Publishes a bonus from a month on, or ends one. Its terms never change: other terms are another bonus.</summary>
public sealed class PublishBonus(Db db, Schemes schemes, Audit audit, TenantScope tenant, TimeProvider time)
{
    private Month ThisMonth => Month.Of(tenant.Zone.DateOf(time.Now));

    /// <param name="json">A bonus as docs/settlement.md writes it.</param>
    /// <param name="first">The first calendar month that it holds for: not before this month.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<string>> RunAsync(string json, Month first, CancellationToken cancel = default) =>
        db.InTransaction(() => PublishAsync(json, first, cancel), cancel);

    /// <summary>Lets the bonus end with that month: not before this month.</summary>
    public Task<Result<Done>> EndAsync(string key, Month last, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (await db.Bonuses.FirstOrDefaultAsync(b => b.Key == key, cancel) is not { } bonus)
                return new Refusal("catalog.bonus_unknown", key);
            if (last < ThisMonth || last < bonus.FirstMonth || last > bonus.LastMonth) return new Refusal("catalog.month_is_past").On("last");
            bonus.LastMonth = last;
            audit.Record("bonus.ended", $"bonus:{key}", $"{last}");
            return default(Done);
        }, cancel);

    private async Task<Result<string>> PublishAsync(string json, Month first, CancellationToken cancel)
    {
        if (first < ThisMonth) return new Refusal("catalog.month_is_past").On("first");
        if (!SchemeText.TryReadBonus(Encoding.UTF8.GetBytes(json), out var bonus, out var faults)) return SchemeDocument.Refusals(faults);
        if (await db.Bonuses.AnyAsync(b => b.Key == bonus.Key, cancel)) return new Refusal("catalog.bonus_taken", bonus.Key).On("key");
        var codes = await db.Products.Select(p => p.Code).ToListAsync(cancel);
        if ((bonus.Products ?? []).Except(codes).FirstOrDefault() is { } unknown)
            return new Refusal("catalog.scheme_fault", "products", $"unknown product {unknown}", $"没有产品 {unknown}").On("products");
        if (await WithoutStageAsync(bonus, cancel) is { } without) return without;
        db.Add(new BonusRow { Key = bonus.Key, FirstMonth = first, LastMonth = null, Json = json, PublishedAt = time.Now });
        audit.Record("bonus.published", $"bonus:{bonus.Key}", $"{first}");
        return bonus.Key;
    }

    /// <summary>Every product that is named has the stage; of all products, one at least.</summary>
    private async Task<Refusal?> WithoutStageAsync(Bonus bonus, CancellationToken cancel)
    {
        List<string> with = [];
        foreach (var product in await db.Products.AsNoTracking().ToListAsync(cancel))
        {
            if ((await schemes.VersionsAsync(product.Id, cancel)).Any(v => Contradictions.HasStage(v.Scheme, bonus.Stage))) with.Add(product.Code);
        }
        if (bonus.Products is not { } products) return with.Count > 0 ? null : new Refusal("catalog.bonus_stage_unknown", bonus.Stage).On("stage");
        var without = products.Except(with).FirstOrDefault();
        return without is null ? null : new Refusal("catalog.bonus_stage_missing", without, bonus.Stage).On("stage");
    }
}
