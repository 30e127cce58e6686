using HaoSuan.Catalog;
using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>Reads rate cards.</summary>
public sealed class RateCard(Tree tree, Products products, Schemes schemes, TimeProvider time)
{
    public async Task<IReadOnlyList<RateLine>> OfAsync(Distributor distributor, CancellationToken cancel)
    {
        var now = time.Now;
        var own = await tree.HistoryAsync(distributor.Id, cancel);
        var parents = distributor.ParentId is { } parent ? await tree.HistoryAsync(parent, cancel) : null;
        List<RateLine> lines = [];
        foreach (var (product, stage) in await StagesAsync(now, cancel))
        {
            bool IsOfStage(RateSet r) => r.ProductId == product.Id && r.Stage == stage.Key;
            var above = parents is null ? stage.Upstream : parents.LastOrDefault(r => IsOfStage(r) && r.From <= now)?.Rate;
            lines.Add(new(product, stage, own.LastOrDefault(r => IsOfStage(r) && r.From <= now)?.Rate,
                own.FirstOrDefault(r => IsOfStage(r) && r.From > now), above));
        }
        return lines;
    }

    /// <summary>What would stand above a newcomer's rates under that parent: its rates, or for the first level what the upstreams pay.</summary>
    public async Task<IReadOnlyList<OfferedRate>> AboveNewcomerAsync(DistributorId? parent, CancellationToken cancel)
    {
        var rates = parent is { } id ? (await tree.RatesAsync(id, time.Now, cancel)).ToDictionary(r => (r.ProductId, r.Stage), r => r.Rate) : null;
        return [.. from line in await StagesAsync(time.Now, cancel)
                   let above = rates is null ? line.Stage.Upstream : rates.TryGetValue((line.Product.Id, line.Stage.Key), out var rate) ? rate : (Rate?)null
                   where above is not null
                   select new OfferedRate(line.Product.Id, line.Stage.Key, above.Value)];
    }

    private async Task<IReadOnlyList<(Product Product, Stage Stage)>> StagesAsync(Instant now, CancellationToken cancel)
    {
        List<(Product, Stage)> stages = [];
        foreach (var product in await products.AllAsync(cancel))
        {
            if (product.OnSale && await SchemeAsync(product.Id, now, cancel) is { } scheme) stages.AddRange(scheme.Scheme.Stages.Select(s => (product, s)));
        }
        return stages;
    }

    /// <summary>The scheme in force, or the first one to come: rates are set before a product starts.</summary>
    private async Task<PublishedScheme?> SchemeAsync(ProductId product, Instant now, CancellationToken cancel) =>
        await schemes.InForceAsync(product, now, cancel) ?? (await schemes.VersionsAsync(product, cancel) is [.., var first] ? first : null);
}
