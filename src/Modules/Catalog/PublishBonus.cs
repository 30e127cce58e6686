using System.Text;
using HaoSuan.Settling.Cases;

namespace HaoSuan.Catalog;

/// <summary>Publishes a bonus from a month on, or ends one. Its terms never change: other terms are another bonus.</summary>
public sealed class PublishBonus(Db db, Audit audit, TenantScope tenant, TimeProvider time)
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
        if (!SchemeText.TryReadBonus(Encoding.UTF8.GetBytes(json), out var bonus, out var faults)) return PublishScheme.Refusals(faults);
        if (await db.Bonuses.AnyAsync(b => b.Key == bonus.Key, cancel)) return new Refusal("catalog.bonus_taken", bonus.Key).On("json");
        var codes = await db.Products.Select(p => p.Code).ToListAsync(cancel);
        if ((bonus.Products ?? []).Except(codes).FirstOrDefault() is { } unknown)
            return new Refusal("catalog.scheme_fault", "products", $"unknown product {unknown}", $"没有产品 {unknown}").On("json");
        db.Add(new BonusRow { Key = bonus.Key, FirstMonth = first, LastMonth = null, Json = json, PublishedAt = time.Now });
        audit.Record("bonus.published", $"bonus:{bonus.Key}", $"{first}");
        return bonus.Key;
    }
}
