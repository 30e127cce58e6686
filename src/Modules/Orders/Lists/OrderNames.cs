using HaoSuan.Catalog;
using HaoSuan.Distributors;

namespace HaoSuan.Orders;

/// <summary>What products and distributors are called, for lists.</summary>
internal sealed class OrderNames(Products products, Tree tree)
{
    public async Task<IReadOnlyDictionary<ProductId, string>> ProductsAsync(CancellationToken cancel) =>
        (await products.AllAsync(cancel)).ToDictionary(p => p.Id, p => p.Name);

    public async Task<IReadOnlyDictionary<DistributorId, string>> DistributorsAsync(CancellationToken cancel) =>
        (await tree.AllAsync(cancel)).ToDictionary(d => d.Id, d => d.Name);

    /// <summary>Those that a distributor may know: itself and who stands below.</summary>
    public async Task<IReadOnlyDictionary<DistributorId, string>> TeamAsync(DistributorId top, CancellationToken cancel) =>
        (await tree.TeamAsync(top, cancel)).ToDictionary(d => d.Id, d => d.Name);
}
