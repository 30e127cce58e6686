using HaoSuan.Catalog;

namespace HaoSuan.Distributors;

/// <summary>Reads rate cards.</summary>
internal sealed class RateCard(Tree tree, Products products, Schemes schemes, TimeProvider time)
{
    public async Task<IReadOnlyList<RateLine>> OfAsync(Distributor distributor, CancellationToken cancel)
    {
        var now = time.Now;
        var own = await tree.HistoryAsync(distributor.Id, cancel);
        var parents = distributor.ParentId is { } parent ? await tree.HistoryAsync(parent, cancel) : null;
        List<RateLine> lines = [];
        foreach (var product in await products.AllAsync(cancel))
        {
            if (!product.OnSale || await SchemeAsync(product.Id, now, cancel) is not { } scheme) continue;
            foreach (var stage in scheme.Scheme.Stages)
            {
                bool IsOfStage(RateSet r) => r.ProductId == product.Id && r.Stage == stage.Key;
                var above = parents is null ? stage.Upstream : parents.LastOrDefault(r => IsOfStage(r) && r.From <= now)?.Rate;
                lines.Add(new(product, stage, own.LastOrDefault(r => IsOfStage(r) && r.From <= now)?.Rate,
                    own.FirstOrDefault(r => IsOfStage(r) && r.From > now), above));
            }
        }
        return lines;
    }

    /// <summary>The scheme in force, or the first one to come: rates are set before a product starts.</summary>
    private async Task<PublishedScheme?> SchemeAsync(ProductId product, Instant now, CancellationToken cancel) =>
        await schemes.InForceAsync(product, now, cancel) ?? (await schemes.VersionsAsync(product, cancel) is [.., var first] ? first : null);
}
