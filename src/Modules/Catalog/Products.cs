namespace HaoSuan.Catalog;

/// <summary>What is sold (产品) and for whom (上游).</summary>
public sealed class Products(Db db)
{
    /// <summary>What a shop shows: on sale, with a scheme in force or not; by code.</summary>
    public async Task<IReadOnlyList<Product>> OnSaleAsync(CancellationToken cancel = default) =>
        [.. (await AllAsync(cancel)).Where(p => p.OnSale)];

    public async Task<IReadOnlyList<Product>> AllAsync(CancellationToken cancel = default) =>
        await ReadAsync(db.Products.OrderBy(p => p.Code), cancel);

    public async Task<Product?> FindAsync(ProductId id, CancellationToken cancel = default) =>
        (await ReadAsync(db.Products.Where(p => p.Id == id), cancel)).SingleOrDefault();

    public async Task<Product?> FindByCodeAsync(string code, CancellationToken cancel = default) =>
        (await ReadAsync(db.Products.Where(p => p.Code == code), cancel)).SingleOrDefault();

    /// <summary>All versions of its rules, the one that holds first.</summary>
    public async Task<IReadOnlyList<RulesVersion>> RulesAsync(ProductId id, CancellationToken cancel = default) =>
        [.. (await db.Eligibilities.AsNoTracking().Where(e => e.ProductId == id).OrderByDescending(e => e.Version).ToListAsync(cancel))
            .Select(e => new RulesVersion(e.Version, RuleList.Read(e.Rules), e.At))];

    public async Task<IReadOnlyList<Upstream>> UpstreamsAsync(CancellationToken cancel = default) =>
        [.. (await db.Upstreams.AsNoTracking().OrderBy(u => u.Key).ToListAsync(cancel)).Select(u => u.ToUpstream())];

    public async Task<Upstream?> UpstreamAsync(UpstreamId id, CancellationToken cancel = default) =>
        (await db.Upstreams.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id, cancel))?.ToUpstream();

    public async Task<Upstream?> UpstreamAsync(string key, CancellationToken cancel = default) =>
        (await db.Upstreams.AsNoTracking().FirstOrDefaultAsync(u => u.Key == key, cancel))?.ToUpstream();

    private async Task<IReadOnlyList<Product>> ReadAsync(IQueryable<ProductRow> products, CancellationToken cancel)
    {
        var rules = db.Eligibilities;
        var rows = await products.AsNoTracking().Select(p => new
        {
            Product = p,
            Rules = rules.Where(r => r.ProductId == p.Id).OrderByDescending(r => r.Version).Select(r => r.Rules).FirstOrDefault(),
        }).ToListAsync(cancel);
        return rows.ConvertAll(r => r.Product.ToProduct(r.Rules));
    }
}
