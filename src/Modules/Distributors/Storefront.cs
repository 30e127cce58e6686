using HaoSuan.Catalog;

namespace HaoSuan.Distributors;

/// <summary>What the sellers' shops have now, as every visitor asks for it: kept in memory, and as true as what it is read from.</summary>
public sealed class Storefront(Db db, Tree tree, Products products, Schemes schemes, Kept kept, TimeProvider time)
{
    /// <inheritdoc cref="Tree.InvitationAsync"/>
    public Task<Invitation?> InvitationAsync(string code, CancellationToken cancel = default) =>
        KeptAsync(("invitation", code), time.Now, () => tree.InvitationAsync(code, cancel), cancel);

    public Task<Product?> ProductAsync(string code, CancellationToken cancel = default) =>
        KeptAsync(("product", code), time.Now, () => products.FindByCodeAsync(code, cancel), cancel);

    public Task<Product?> ProductAsync(ProductId id, CancellationToken cancel = default) =>
        KeptAsync(("product", id), time.Now, () => products.FindAsync(id, cancel), cancel);

    /// <inheritdoc cref="Tree.OffersAsync"/>
    public async Task<IReadOnlyList<Product>> OffersAsync(DistributorId seller, CancellationToken cancel = default) =>
        (await KeptAsync<IReadOnlyList<Product>>(("offers", seller), time.Now, async () => await tree.OffersAsync(seller, cancel), cancel))!;

    /// <summary>What an order through that seller pins at that instant, which is now; null where nothing can be ordered.</summary>
    public Task<SalesTerms?> TermsAsync(DistributorId seller, ProductId product, Instant at, CancellationToken cancel = default) =>
        KeptAsync(("terms", seller, product), at, async () =>
            await schemes.InForceAsync(product, at, cancel) is { } scheme
            && (await tree.ChainAsync(seller, product, at, cancel)).TryGet(out var chain, out _)
                ? new SalesTerms(scheme, chain)
                : null, cancel);

    private Task<T?> KeptAsync<T>(object key, Instant at, Func<Task<T?>> read, CancellationToken cancel) where T : class =>
        kept.GetAsync(key, at, async () => (await read(), await NextChangeAsync(at, cancel)), cancel);

    /// <summary>The first instant after that one at which a date among the tenant's terms comes, wherever that is.</summary>
    private Task<Instant> NextChangeAsync(Instant at, CancellationToken cancel) =>
        kept.GetAsync("next change", at, async () =>
        {
            Instant?[] next =
            [
                await schemes.NextAsync(at, cancel),
                await db.Rates.Where(r => r.FromAt > at).MinAsync(r => (Instant?)r.FromAt, cancel),
                await db.Moves.Where(m => m.FromAt > at).MinAsync(m => (Instant?)m.FromAt, cancel),
                await db.Freezes.Where(f => f.FromAt > at).MinAsync(f => (Instant?)f.FromAt, cancel),
                await db.Freezes.Where(f => f.UntilAt > at).MinAsync(f => f.UntilAt, cancel),
                await db.Authorisations.Where(a => a.FromAt > at).MinAsync(a => (Instant?)a.FromAt, cancel),
                await db.Authorisations.Where(a => a.UntilAt > at).MinAsync(a => (Instant?)a.UntilAt, cancel),
            ];
            var first = next.Min() ?? Instant.MaxValue;
            return (first, first);
        }, cancel);
}
