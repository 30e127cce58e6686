using HaoSuan.Catalog;
using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>
/// Gives a distributor another parent (转移上级), from now or a later instant on. Those below it come along. Orders keep the chain that they
/// have pinned, and the moves before stay: they are only added.
/// </summary>
public sealed class MoveDistributor(
    Db db, Products products, Schemes schemes, LevelLimit levels, TenantScope tenant, Actor actor, Audit audit, Outbox outbox, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(NewParent asked, CancellationToken cancel = default) =>
        db.InTransaction(() => MoveAsync(asked, time.Now, cancel), cancel);

    private async Task<Result<Done>> MoveAsync(NewParent asked, Instant now, CancellationToken cancel)
    {
        // The shape of the tree is everybody's: whoever adds to it, moves in it or sets a rate holds at least one of these rows.
        var all = (await db.Distributors.AsNoTracking().OrderBy(d => d.Id).ForUpdate().ToListAsync(cancel)).ToDictionary(d => d.Id);
        if (!all.TryGetValue(asked.DistributorId, out var own)) return new Refusal("distributors.unknown");
        var placements = await db.PlacementsAsync(db.Distributors, cancel);
        var from = asked.From ?? now;
        var faults = Faults(asked, all, placements[own.Id], from, now).ToList();
        if (faults.Count > 0) return faults;
        var placed = placements[own.Id].With(asked.ParentId, from);
        var moved = new Dictionary<DistributorId, Placement>(placements) { [own.Id] = placed };
        if (Shape.Fault(moved, own.Id, from, await levels.PresentAsync(cancel)) is { } misshapen) return misshapen.On("parent");
        var inversions = await InversionsAsync(placed, from, cancel);
        if (inversions.Count > 0) return inversions;
        Add(asked, own, placed.Moves.Count, from, asked.ParentId is { } parent ? all[parent] : null);
        return default(Done);
    }

    private static IEnumerable<Refusal> Faults(
        NewParent asked, Dictionary<DistributorId, DistributorRow> all, Placement own, Instant from, Instant now)
    {
        if (from < now) yield return new Refusal("distributors.from_is_past").On("from");
        else if (own.Moves.Any(m => m.From > from)) yield return new Refusal("distributors.move_before").On("from");
        if (Reasons.Fault(asked.Reason) is { } fault) yield return fault;
        if (asked.ParentId is { } id && !all.ContainsKey(id)) yield return new Refusal("distributors.parent_unknown").On("parent");
        else if (asked.ParentId is { } parent && !all[parent].Active) yield return new Refusal("distributors.inactive", all[parent].Code).On("parent");
        else if (own.ParentAt(from) == asked.ParentId) yield return new Refusal("distributors.parent_the_same").On("parent");
    }

    /// <summary>Every rate that would stand above the new parent's at some time. Those of its children are below its own, as before.</summary>
    private async Task<List<Refusal>> InversionsAsync(Placement placed, Instant from, CancellationToken cancel)
    {
        var rated = await db.Rates.Where(r => r.DistributorId == placed.Id).Select(r => new { r.ProductId, r.Stage }).Distinct().ToListAsync(cancel);
        List<Refusal> refusals = [];
        foreach (var (productId, keys) in rated.GroupBy(r => r.ProductId, r => r.Stage).Select(g => (g.Key, g.ToHashSet())))
        {
            var product = (await products.FindAsync(productId, cancel))!;      // a rate has its product
            var versions = await schemes.VersionsAsync(productId, cancel);
            var scheme = (await schemes.InForceAsync(productId, from, cancel) ?? (versions is [var newest, ..] ? newest : null))?.Scheme;
            if (scheme is not { Differential: Differential.Strict }) continue;
            foreach (var stage in scheme.Stages.Where(s => keys.Contains(s.Key)))
            {
                var rates = await db.TimelinesAsync([placed.Id, .. placed.ParentsFrom(from)], productId, stage.Key, cancel);
                if (Differentials.Inversion(placed, id => rates.GetValueOrDefault(id, Timeline.Empty), from, stage, product.Price) is { } at)
                    refusals.Add(Inverted(product, stage, rates, placed, at));
            }
        }
        return refusals;
    }

    private Refusal Inverted(Product product, Stage stage, Dictionary<DistributorId, Timeline> rates, Placement placed, Instant at)
    {
        var parent = placed.ParentAt(at) is { } id ? rates.GetValueOrDefault(id, Timeline.Empty).At(at) : null;
        var refusal = parent is { } above
            ? new Refusal("distributors.transfer_above_parent", product.Name, stage.Name, $"{rates[placed.Id].At(at)!.Value.Format(Currency.Cny)}",
                above.Format(Currency.Cny), $"{tenant.Zone.DateOf(at):yyyy-MM-dd}")
            : new Refusal("distributors.transfer_without_rate", product.Name, stage.Name);
        return refusal.On("parent");
    }

    private void Add(NewParent asked, DistributorRow own, int number, Instant from, DistributorRow? parent)
    {
        db.Add(new MoveRow
        {
            DistributorId = own.Id,
            Number = number,
            ParentId = asked.ParentId,
            FromAt = from,
            Reason = asked.Reason.Trim(),
            MovedAt = time.Now,
            MovedBy = actor.Name,
        });
        audit.Record("distributor.moved", $"distributor:{own.Id.Value}", $"under {parent?.Code ?? "nobody"} from {from}");
        outbox.Publish(new DistributorMoved(own.Id, parent?.Id, parent?.Name ?? "", tenant.Zone.DateOf(from)));
        if (parent is not null) outbox.Publish(new DistributorJoinsTeam(parent.Id, own.Name, tenant.Zone.DateOf(from)));
    }
}
