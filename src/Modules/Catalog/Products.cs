namespace HaoSuan.Catalog;

/// <summary>What is sold (产品) and for whom (上游).</summary>
public sealed class Products(Db db)
{
    /// <summary>What a shop shows: on sale, with a scheme in force or not; by code.</summary>
    public async Task<IReadOnlyList<Product>> OnSaleAsync(CancellationToken cancel = default) =>
        [.. (await AllAsync(cancel)).Where(p => p.OnSale)];

    public async Task<IReadOnlyList<Product>> AllAsync(CancellationToken cancel = default) =>
        [.. (await db.Products.AsNoTracking().OrderBy(p => p.Code).ToListAsync(cancel)).Select(p => p.ToProduct())];

    public async Task<Product?> FindAsync(ProductId id, CancellationToken cancel = default) =>
        (await db.Products.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, cancel))?.ToProduct();

    public async Task<Product?> FindByCodeAsync(string code, CancellationToken cancel = default) =>
        (await db.Products.AsNoTracking().FirstOrDefaultAsync(p => p.Code == code, cancel))?.ToProduct();

    public async Task<IReadOnlyList<Upstream>> UpstreamsAsync(CancellationToken cancel = default) =>
        [.. (await db.Upstreams.AsNoTracking().OrderBy(u => u.Key).ToListAsync(cancel)).Select(u => u.ToUpstream())];

    public async Task<Upstream?> UpstreamAsync(UpstreamId id, CancellationToken cancel = default) =>
        (await db.Upstreams.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id, cancel))?.ToUpstream();

    public async Task<Upstream?> UpstreamAsync(string key, CancellationToken cancel = default) =>
        (await db.Upstreams.AsNoTracking().FirstOrDefaultAsync(u => u.Key == key, cancel))?.ToUpstream();
}
