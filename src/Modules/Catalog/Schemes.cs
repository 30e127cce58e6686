using System.Text;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;

namespace HaoSuan.Catalog;

/// <summary>
/// How products pay (佣金方案): live versions, versions on their way, and bonuses. A live version that was read once is kept,
/// because it never changes.
/// </summary>
public sealed class Schemes(Db db)
{
    private readonly Dictionary<(ProductId, int), PublishedScheme> _known = [];

    /// <summary>The version that an order placed at that instant pins; null where none is in force yet.</summary>
    public async Task<PublishedScheme?> InForceAsync(ProductId product, Instant at, CancellationToken cancel = default) =>
        await db.Schemes.Where(s => s.ProductId == product && s.InForceFrom <= at)
            .OrderByDescending(s => s.InForceFrom).Select(s => (int?)s.Version).FirstOrDefaultAsync(cancel) is { } version
            ? await FindAsync(product, version, cancel)
            : null;

    /// <summary>The first instant after that one at which a version of any product comes into force; null where none does.</summary>
    public async Task<Instant?> NextAsync(Instant after, CancellationToken cancel = default) =>
        await db.Schemes.Where(s => s.InForceFrom > after).MinAsync(s => (Instant?)s.InForceFrom, cancel);

    /// <summary>A live version. Throws where there is none: an order pins only what was approved.</summary>
    public async Task<PublishedScheme> FindAsync(ProductId product, int version, CancellationToken cancel = default)
    {
        if (_known.TryGetValue((product, version), out var known)) return known;
        var row = await db.Schemes.AsNoTracking().SingleAsync(s => s.ProductId == product && s.Version == version, cancel);
        return _known[(product, version)] = Read(row);
    }

    /// <summary>The live versions of a product, the newest first; those that come into force later too.</summary>
    public async Task<IReadOnlyList<PublishedScheme>> VersionsAsync(ProductId product, CancellationToken cancel = default) =>
        [.. (await db.Schemes.AsNoTracking().Where(s => s.ProductId == product).OrderByDescending(s => s.Version).ToListAsync(cancel))
            .Select(Read)];

    /// <summary>A version in any state: what a shadow run settles by before orders pin it. Null where there is none.</summary>
    public async Task<SchemeVersion?> FindVersionAsync(ProductId product, int version, CancellationToken cancel = default) =>
        await ReadAsync(db.SchemeDrafts.Where(d => d.ProductId == product && d.Version == version), cancel) is [var found] ? found : null;

    /// <summary>All versions of a product in all states, the newest first.</summary>
    public Task<IReadOnlyList<SchemeVersion>> HistoryAsync(ProductId product, CancellationToken cancel = default) =>
        ReadAsync(db.SchemeDrafts.Where(d => d.ProductId == product), cancel);

    /// <summary>The versions that are not approved (草稿, 待审批, 已驳回), of a product or of all; the newest first.</summary>
    public Task<IReadOnlyList<SchemeVersion>> DraftsAsync(ProductId? product = null, CancellationToken cancel = default) =>
        ReadAsync(db.SchemeDrafts.Where(d => d.State != ProposalState.Approved && (product == null || d.ProductId == product)), cancel);

    /// <summary>All live bonuses, by key.</summary>
    public async Task<IReadOnlyList<PublishedBonus>> BonusesAsync(CancellationToken cancel = default) =>
        [.. (await db.Bonuses.AsNoTracking().OrderBy(b => b.Key).ToListAsync(cancel)).Select(Read)];

    /// <summary>A version of a bonus in any state. Null where there is none.</summary>
    public async Task<BonusVersion?> FindBonusAsync(string key, int version, CancellationToken cancel = default) =>
        await ReadAsync(db.BonusVersions.Where(b => b.Key == key && b.Version == version), cancel) is [var found] ? found : null;

    /// <summary>All versions of a bonus in all states, the newest first.</summary>
    public Task<IReadOnlyList<BonusVersion>> BonusHistoryAsync(string key, CancellationToken cancel = default) =>
        ReadAsync(db.BonusVersions.Where(b => b.Key == key), cancel);

    /// <summary>The bonuses, and the ends of bonuses, that are not approved; by key.</summary>
    public Task<IReadOnlyList<BonusVersion>> BonusDraftsAsync(CancellationToken cancel = default) =>
        ReadAsync(db.BonusVersions.Where(b => b.State != ProposalState.Approved), cancel);

    private async Task<IReadOnlyList<SchemeVersion>> ReadAsync(IQueryable<SchemeDraftRow> query, CancellationToken cancel)
    {
        List<SchemeVersion> versions = [];
        foreach (var row in await query.AsNoTracking().OrderByDescending(d => d.Version).ToListAsync(cancel))
        {
            var steps = await db.SchemeSteps.AsNoTracking().Where(s => s.ProductId == row.ProductId && s.Version == row.Version)
                .OrderBy(s => s.Number).ToListAsync(cancel);
            var scheme = Read(row.ProductId, row.Version, row.Json);
            versions.Add(new(row.ProductId, row.Version, row.State, scheme, row.InForceFrom, row.Json, [.. steps.Select(s => s.ToStep())]));
        }
        return versions;
    }

    private async Task<IReadOnlyList<BonusVersion>> ReadAsync(IQueryable<BonusVersionRow> query, CancellationToken cancel)
    {
        List<BonusVersion> versions = [];
        foreach (var row in await query.AsNoTracking().OrderBy(b => b.Key).ThenByDescending(b => b.Version).ToListAsync(cancel))
        {
            var steps = await db.BonusSteps.AsNoTracking().Where(s => s.Key == row.Key && s.Version == row.Version)
                .OrderBy(s => s.Number).ToListAsync(cancel);
            versions.Add(new(
                row.Key, row.Version, row.State, ReadBonus(row.Key, row.Json), row.FirstMonth, row.LastMonth, row.Json,
                [.. steps.Select(s => s.ToStep())]));
        }
        return versions;
    }

    private static PublishedScheme Read(SchemeRow row) =>
        new(row.Version, Read(row.ProductId, row.Version, row.Json), row.InForceFrom, row.Json);

    private static Scheme Read(ProductId product, int version, string json) =>
        SchemeText.TryRead(Encoding.UTF8.GetBytes(json), out var scheme, out _)
            ? scheme
            : throw new InvalidOperationException($"Version {version} of product {product.Value} cannot be read any more.");

    private static PublishedBonus Read(BonusRow row) => new(ReadBonus(row.Key, row.Json), row.FirstMonth, row.LastMonth, row.Json);

    private static Bonus ReadBonus(string key, string json) =>
        SchemeText.TryReadBonus(Encoding.UTF8.GetBytes(json), out var bonus, out _)
            ? bonus
            : throw new InvalidOperationException($"The bonus {key} cannot be read any more.");
}
