using System.Text.Json;
using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>Shadow runs (试算) and what they have found.</summary>
public sealed class ShadowRuns(Db db, OrdersToSettle team)
{
    public async Task<ShadowRun?> FindAsync(ShadowRunId id, CancellationToken cancel = default) =>
        await db.ShadowRuns.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancel) is { } row ? Read(row) : null;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ShadowRun>> OfVersionAsync(ProductId product, int version, int take, CancellationToken cancel = default) =>
        [.. (await db.ShadowRuns.AsNoTracking().Where(r => r.ProductId == product && r.Version == version)
            .OrderByDescending(r => r.StartedAt).ThenByDescending(r => r.Id).Take(take).ToListAsync(cancel)).Select(Read)];

    /// <summary>The orders of a run that come to something else or are refused, by how much they differ.</summary>
    public async Task<IReadOnlyList<ShadowOrder>> OrdersAsync(
        ShadowRunId id, ShadowReason? reason, DistributorId? distributor, int skip, int take, CancellationToken cancel = default) =>
        [.. (await Of(id, reason, distributor).OrderByDescending(o => o.Weight.Minor).ThenBy(o => o.OrderId).Skip(skip).Take(take).ToListAsync(cancel))
            .Select(Read)];

    public Task<int> CountAsync(ShadowRunId id, ShadowReason? reason, DistributorId? distributor, CancellationToken cancel = default) =>
        Of(id, reason, distributor).CountAsync(cancel);

    /// <summary>The bonuses of a run that come to something else, by how much they differ.</summary>
    public async Task<IReadOnlyList<ShadowBonus>> BonusesAsync(ShadowRunId id, int skip, int take, CancellationToken cancel = default) =>
        [.. (await db.ShadowBonuses.AsNoTracking().Where(b => b.RunId == id)
            .OrderByDescending(b => b.Weight.Minor).ThenBy(b => b.Bonus).ThenBy(b => b.Month).ThenBy(b => b.DistributorId)
            .Skip(skip).Take(take).ToListAsync(cancel))
            .Select(b => new ShadowBonus(b.Bonus, b.Month, b.DistributorId, b.LiveCards, b.DraftCards, b.Live, b.Draft))];

    private IQueryable<ShadowOrderRow> Of(ShadowRunId id, ShadowReason? reason, DistributorId? distributor)
    {
        var orders = db.ShadowOrders.AsNoTracking().Where(o => o.RunId == id);
        if (reason is { } why)
        {
            var bit = ShadowOrderRow.Bit(why);
            orders = orders.Where(o => (o.Reasons & bit) != 0);
        }
        if (distributor is not { } who) return orders;
        var ids = team.OfTeam(who);
        return orders.Where(o => ids.Contains(o.OrderId));
    }

    private static ShadowRun Read(ShadowRunRow row) => new(
        row.Id, row.ProductId, row.Version, row.Scheme, row.FirstMonth, row.LastMonth, row.AsOf, row.StartedAt, row.StartedBy, row.FinishedAt,
        row.Expected, row.Orders, row.Changed, row.Refused, JsonSerializer.Deserialize<ShadowOutcome>(row.Outcome, Json.Options)!)
    {
        DetailsRemovedAt = row.DetailsRemovedAt,
    };

    private static ShadowOrder Read(ShadowOrderRow row) => new(
        row.OrderId, row.OrderNo, row.OrderedAt, new(row.LiveUpstream, row.LiveCommission), new(row.DraftUpstream, row.DraftCommission),
        row.Refusal is null ? null : RefusalText.Read(row.Refusal),
        JsonSerializer.Deserialize<List<ShadowFinding>>(row.Findings, Json.Options)!);
}
