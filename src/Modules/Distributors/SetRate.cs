using HaoSuan.Catalog;
using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>
/// Sets what a distributor earns for a stage of a product, from now or a later instant on. Rates are only added: what an order
/// pinned stays. A rate is never above the parent's, now or later, unless the scheme is by the highest.
/// </summary>
public sealed class SetRate(Db db, Products products, Schemes schemes, Audit audit, TimeProvider time)
{
    private const int MostBps = 10_000;

    public Task<Result<Done>> RunAsync(NewRate asked, CancellationToken cancel = default) =>
        db.InTransaction(() => SetAsync(asked, time.Now, cancel), cancel);

    private async Task<Result<Done>> SetAsync(NewRate asked, Instant now, CancellationToken cancel)
    {
        var from = asked.From ?? now;
        if (from < now) return new Refusal("distributors.from_is_past").On("from");
        if (await LockAsync(asked.DistributorId, from, cancel) is not { } own) return new Refusal("distributors.unknown");
        if (await products.FindAsync(asked.ProductId, cancel) is not { } product) return new Refusal("distributors.product_unknown");
        var versions = await schemes.VersionsAsync(product.Id, cancel);
        var scheme = versions.FirstOrDefault(v => v.Scheme.Stages.Any(s => s.Key == asked.Stage))?.Scheme;
        if (scheme is null) return new Refusal("distributors.stage_unknown", asked.Stage).On("stage");
        if (AmountOf(asked.Rate) < 0 || BpsOf(asked.Rate) is < 0 or > MostBps) return new Refusal("distributors.rate_wrong").On("rate");
        var rates = await RatesAsync(own, asked, from, cancel);
        rates[own.Id] = rates.GetValueOrDefault(own.Id, Timeline.Empty).With(asked.Rate, from);
        if (scheme.Differential == Differential.Strict)
        {
            var stage = scheme.Stages.First(s => s.Key == asked.Stage);
            var refusals = Inversions(own, rates, from, stage, product.Price).ToList();
            if (refusals.Count > 0) return refusals;
        }
        Add(asked, from, rates[own.Id].Steps.Count);
        return default(Done);
    }

    /// <summary>Its own rate above a parent's, and those of children above its own. What is wrong elsewhere in a child's time is not asked here.</summary>
    private static IEnumerable<Refusal> Inversions(
        Family own, Dictionary<DistributorId, Timeline> rates, Instant from, Stage stage, Money price)
    {
        if (Differentials.Inversion(own.Placement, Of, from, stage, price) is { } at)
        {
            yield return (Of(own.Placement.ParentAt(at)!.Value).At(at) is { } above
                ? new Refusal("distributors.above_parent", above.Format(Currency.Cny), stage.Name)
                : new Refusal("distributors.parent_has_no_rate", stage.Name)).On("rate");
        }
        foreach (var (child, code) in own.Children)
        {
            if (Differentials.Inversion(child, Of, from, stage, price, own.Id) is { } when)
                yield return new Refusal("distributors.below_child", code, Of(child.Id).At(when)!.Value.Format(Currency.Cny)).On("rate");
        }

        Timeline Of(DistributorId id) => rates.GetValueOrDefault(id, Timeline.Empty);
    }

    private sealed record Family(Placement Placement, IReadOnlyList<(Placement Placement, string Code)> Children)
    {
        public DistributorId Id => Placement.Id;
    }

    /// <summary>
    /// Locks the distributor, so that nobody moves it, and whoever is its parent now or later: rates of parents and children are set one after the other.
    /// </summary>
    private async Task<Family?> LockAsync(DistributorId id, Instant from, CancellationToken cancel)
    {
        var own = db.Distributors.Where(d => d.Id == id);
        if (await own.AsNoTracking().ForUpdate().FirstOrDefaultAsync(cancel) is null) return null;
        var placement = (await db.PlacementsAsync(own, cancel))[id];
        var parents = placement.ParentsFrom(from).ToList();
        await db.Distributors.AsNoTracking().Where(d => parents.Contains(d.Id)).OrderBy(d => d.Id).ForUpdate().ToListAsync(cancel);
        var codes = await db.EverUnder(id).ToDictionaryAsync(d => d.Id, d => d.Code, cancel);
        var children = await db.PlacementsAsync(db.EverUnder(id), cancel);
        return new(placement, [.. children.Values.Where(c => c.ParentsFrom(from).Contains(id)).Select(c => (c, codes[c.Id]))]);
    }

    private Task<Dictionary<DistributorId, Timeline>> RatesAsync(Family own, NewRate asked, Instant from, CancellationToken cancel) =>
        db.TimelinesAsync(
            own.Children.SelectMany(c => c.Placement.ParentsFrom(from).Append(c.Placement.Id)).Concat(own.Placement.ParentsFrom(from)).Append(own.Id),
            asked.ProductId, asked.Stage, cancel);

    private void Add(NewRate asked, Instant from, int number)
    {
        db.Add(new RateRow
        {
            DistributorId = asked.DistributorId,
            ProductId = asked.ProductId,
            Stage = asked.Stage,
            Number = number,
            FromAt = from,
            Amount = AmountOf(asked.Rate),
            Bps = BpsOf(asked.Rate),
            SetAt = time.Now,
        });
        audit.Record("rate.set", $"distributor:{asked.DistributorId.Value}",
            $"product:{asked.ProductId.Value} {asked.Stage} {asked.Rate.Format(Currency.Cny)} from {from}");
    }

    private static long? AmountOf(Rate rate) => rate.IsShare ? null : rate.Of(Money.Zero).Minor;

    /// <summary>A share of 10 000 is as many minor units as it has basis points.</summary>
    private static int? BpsOf(Rate rate) => rate.IsShare ? (int)rate.Of(new(10_000)).Minor : null;
}
