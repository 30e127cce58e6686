using System.Text;
using HaoSuan.Settling.Cases;

namespace HaoSuan.Catalog;

/// <summary>How products pay (佣金方案): published versions and bonuses. What was read once is kept, because it never changes.</summary>
public sealed class Schemes(Db db)
{
    private readonly Dictionary<(ProductId, int), PublishedScheme> _known = [];

    /// <summary>The version that an order placed at that instant pins; null where none is in force yet.</summary>
    public async Task<PublishedScheme?> InForceAsync(ProductId product, Instant at, CancellationToken cancel = default) =>
        await db.Schemes.Where(s => s.ProductId == product && s.InForceFrom <= at)
            .OrderByDescending(s => s.Version).Select(s => (int?)s.Version).FirstOrDefaultAsync(cancel) is { } version
            ? await FindAsync(product, version, cancel)
            : null;

    /// <summary>A published version. Throws where there is none: an order pins only what was published.</summary>
    public async Task<PublishedScheme> FindAsync(ProductId product, int version, CancellationToken cancel = default)
    {
        if (_known.TryGetValue((product, version), out var known)) return known;
        var row = await db.Schemes.AsNoTracking().SingleAsync(s => s.ProductId == product && s.Version == version, cancel);
        return _known[(product, version)] = Read(row);
    }

    /// <summary>All versions of a product, the newest first.</summary>
    public async Task<IReadOnlyList<PublishedScheme>> VersionsAsync(ProductId product, CancellationToken cancel = default) =>
        [.. (await db.Schemes.AsNoTracking().Where(s => s.ProductId == product).OrderByDescending(s => s.Version).ToListAsync(cancel))
            .Select(Read)];

    /// <summary>All bonuses, by key.</summary>
    public async Task<IReadOnlyList<PublishedBonus>> BonusesAsync(CancellationToken cancel = default) =>
        [.. (await db.Bonuses.AsNoTracking().OrderBy(b => b.Key).ToListAsync(cancel)).Select(Read)];

    private static PublishedScheme Read(SchemeRow row) =>
        SchemeText.TryRead(Encoding.UTF8.GetBytes(row.Json), out var scheme, out _)
            ? new(row.Version, scheme, row.InForceFrom, row.Json)
            : throw new InvalidOperationException($"Version {row.Version} of product {row.ProductId.Value} cannot be read any more.");

    private static PublishedBonus Read(BonusRow row) =>
        SchemeText.TryReadBonus(Encoding.UTF8.GetBytes(row.Json), out var bonus, out _)
            ? new(bonus, row.FirstMonth, row.LastMonth, row.Json)
            : throw new InvalidOperationException($"The bonus {row.Key} cannot be read any more.");
}
