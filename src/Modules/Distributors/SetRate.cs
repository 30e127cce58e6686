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
        if (await LockAsync(asked.DistributorId, cancel) is not { } own) return new Refusal("distributors.unknown");
        if (await products.FindAsync(asked.ProductId, cancel) is not { } product) return new Refusal("distributors.product_unknown");
        var versions = await schemes.VersionsAsync(product.Id, cancel);
        var scheme = versions.FirstOrDefault(v => v.Scheme.Stages.Any(s => s.Key == asked.Stage))?.Scheme;
        if (scheme is null) return new Refusal("distributors.stage_unknown", asked.Stage).On("stage");
        if (AmountOf(asked.Rate) < 0 || BpsOf(asked.Rate) is < 0 or > MostBps) return new Refusal("distributors.rate_wrong").On("rate");
        var timeline = (await TimelineAsync(own.Id, asked, cancel)).With(asked.Rate, from);
        if (scheme.Differential == Differential.Strict)
        {
            var stage = scheme.Stages.First(s => s.Key == asked.Stage);
            var refusals = await InversionsAsync(own, timeline, asked, from, stage, product.Price, cancel);
            if (refusals.Count > 0) return refusals;
        }
        Add(asked, from, timeline.Steps.Count);
        return default(Done);
    }

    private async Task<List<Refusal>> InversionsAsync(
        DistributorRow own, Timeline timeline, NewRate asked, Instant from, Stage stage, Money price, CancellationToken cancel)
    {
        List<Refusal> refusals = [];
        if (own.ParentId is { } parentId)
        {
            var parent = await TimelineAsync(parentId, asked, cancel);
            if (parent.At(from) is null) refusals.Add(new Refusal("distributors.parent_has_no_rate", stage.Name).On("rate"));
            else if (Differentials.Inversion(parent, timeline, from, stage, price) is { } at)
                refusals.Add(new Refusal("distributors.above_parent", parent.At(at)!.Value.Format(Currency.Cny), stage.Name).On("rate"));
            return refusals;
        }
        foreach (var child in await db.Distributors.AsNoTracking().Where(d => d.ParentId == own.Id).ToListAsync(cancel))
        {
            var theirs = await TimelineAsync(child.Id, asked, cancel);
            if (Differentials.Inversion(timeline, theirs, from, stage, price) is { } at)
                refusals.Add(new Refusal("distributors.below_child", child.Code, theirs.At(at)!.Value.Format(Currency.Cny)).On("rate"));
        }
        return refusals;
    }

    /// <summary>Locks the branch that the distributor stands in, so that parent's and child's rates are set one after the other.</summary>
    private async Task<DistributorRow?> LockAsync(DistributorId id, CancellationToken cancel)
    {
        if (await db.Distributors.FirstOrDefaultAsync(d => d.Id == id, cancel) is not { } own) return null;
        var top = own.ParentId ?? own.Id;
        await db.Distributors.Where(d => d.Id == top).ForUpdate().ToListAsync(cancel);
        return own;
    }

    private async Task<Timeline> TimelineAsync(DistributorId id, NewRate asked, CancellationToken cancel) =>
        new([.. (await db.Rates.AsNoTracking()
            .Where(r => r.DistributorId == id && r.ProductId == asked.ProductId && r.Stage == asked.Stage)
            .OrderBy(r => r.Number).ToListAsync(cancel)).Select(r => new RateStep(r.FromAt, r.Number, r.Rate))]);

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
