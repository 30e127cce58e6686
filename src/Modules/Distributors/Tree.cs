using HaoSuan.Catalog;
using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>The tree of distributors (分销体系), their rates and their invitations.</summary>
public sealed class Tree(Db db, Products products, Schemes schemes)
{
    public async Task<Distributor?> FindAsync(DistributorId id, CancellationToken cancel = default) =>
        (await db.Distributors.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancel))?.ToDistributor();

    public async Task<Distributor?> FindByCodeAsync(string code, CancellationToken cancel = default) =>
        (await db.Distributors.AsNoTracking().FirstOrDefaultAsync(d => d.Code == code, cancel))?.ToDistributor();

    /// <summary>Everybody, by code.</summary>
    public async Task<IReadOnlyList<Distributor>> AllAsync(CancellationToken cancel = default) =>
        [.. (await db.Distributors.AsNoTracking().OrderBy(d => d.Code).ToListAsync(cancel)).Select(d => d.ToDistributor())];

    public async Task<IReadOnlyList<Distributor>> ChildrenAsync(DistributorId id, CancellationToken cancel = default) =>
        [.. (await db.Distributors.AsNoTracking().Where(d => d.ParentId == id).OrderBy(d => d.Code).ToListAsync(cancel))
            .Select(d => d.ToDistributor())];

    /// <summary>The chain from the top to the seller with the rates of that instant: what an order pins.</summary>
    public async Task<Result<IReadOnlyList<ChainMember>>> ChainAsync(
        DistributorId seller, ProductId product, Instant at, CancellationToken cancel = default)
    {
        if (await schemes.InForceAsync(product, at, cancel) is not { } inForce) return new Refusal("distributors.no_scheme_in_force");
        if (await FindAsync(seller, cancel) is not { } last) return new Refusal("distributors.unknown");
        var first = last.ParentId is { } parent ? await FindAsync(parent, cancel) : null;
        List<Distributor> chain = first is null ? [last] : [first, last];
        if (chain.Find(d => !d.Active) is { } left) return new Refusal("distributors.inactive", left.Code);
        var rates = await RatesAtAsync(chain.ConvertAll(d => d.Id), product, at, cancel);
        var missing = from d in chain from s in inForce.Scheme.Stages where !rates[d.Id].ContainsKey(s.Key)
                      select new Refusal("distributors.rate_missing", d.Code, s.Name);
        if (missing.ToList() is { Count: > 0 } refusals) return refusals;
        var price = (await products.FindAsync(product, cancel))!.Price;     // a scheme in force has its product
        if (Inverted(chain, rates, inForce.Scheme, price) is { } inverted)
            return new Refusal("distributors.rate_above_parent", last.Code, inverted.Name);
        return chain.ConvertAll(d => new ChainMember(d.Id, rates[d.Id]));
    }

    /// <summary>A distributor's rates for all products, in force at that instant.</summary>
    public async Task<IReadOnlyList<RateSet>> RatesAsync(DistributorId id, Instant at, CancellationToken cancel = default) =>
        [.. (await HistoryAsync(id, cancel)).Where(r => r.From <= at).GroupBy(r => (r.ProductId, r.Stage)).Select(g => g.Last())];

    /// <summary>What each of these distributors would pin for a product at that instant, by stage: the rates alone, whatever the scheme.</summary>
    public Task<IReadOnlyDictionary<DistributorId, IReadOnlyDictionary<string, Rate>>> RatesOfAsync(
        IReadOnlyCollection<DistributorId> ids, ProductId product, Instant at, CancellationToken cancel = default) =>
        RatesAtAsync([.. ids], product, at, cancel);

    /// <summary>Every rate that was ever set for a distributor, by product and stage, in the order in which they hold.</summary>
    public async Task<IReadOnlyList<RateSet>> HistoryAsync(DistributorId id, CancellationToken cancel = default) =>
        [.. (await db.Rates.AsNoTracking().Where(r => r.DistributorId == id)
            .OrderBy(r => r.ProductId).ThenBy(r => r.Stage).ThenBy(r => r.FromAt).ThenBy(r => r.Number).ToListAsync(cancel))
            .Select(r => new RateSet(r.DistributorId, r.ProductId, r.Stage, r.Rate, r.FromAt, r.SetAt))];

    /// <summary>Whose shop the code opens; null where there is none, or its distributor has left.</summary>
    public async Task<Invitation?> InvitationAsync(string code, CancellationToken cancel = default)
    {
        var (invitations, distributors) = (db.Invitations, db.Distributors);
        return await (from i in invitations
                      join d in distributors on i.DistributorId equals d.Id
                      where i.Code == code && d.Active
                      select new Invitation(i.Code, d.Id, d.Name)).FirstOrDefaultAsync(cancel);
    }

    /// <summary>A distributor's invitations, the newest first.</summary>
    public async Task<IReadOnlyList<string>> InvitationsAsync(DistributorId id, CancellationToken cancel = default) =>
        await db.Invitations.Where(i => i.DistributorId == id).OrderByDescending(i => i.CreatedAt).Select(i => i.Code).ToListAsync(cancel);

    private async Task<IReadOnlyDictionary<DistributorId, IReadOnlyDictionary<string, Rate>>> RatesAtAsync(
        List<DistributorId> ids, ProductId product, Instant at, CancellationToken cancel)
    {
        var rows = (await db.Rates.AsNoTracking()
            .Where(r => EF.Parameter(ids).Contains(r.DistributorId) && r.ProductId == product && r.FromAt <= at)
            .OrderBy(r => r.FromAt).ThenBy(r => r.Number).ToListAsync(cancel)).ToLookup(r => r.DistributorId);
        return ids.ToDictionary(id => id, id => (IReadOnlyDictionary<string, Rate>)rows[id]
            .GroupBy(r => r.Stage).ToDictionary(g => g.Key, g => g.Last().Rate));
    }

    /// <summary>A stage whose rates do not fit: a new version, or a new price, may have undone what <see cref="SetRate"/> checked.</summary>
    private static Stage? Inverted(
        List<Distributor> chain, IReadOnlyDictionary<DistributorId, IReadOnlyDictionary<string, Rate>> rates, Scheme scheme, Money price)
    {
        if (scheme.Differential == Differential.Highest || chain.Count == 1) return null;
        var (parent, own) = (rates[chain[0].Id], rates[chain[1].Id]);
        return scheme.Stages.FirstOrDefault(s => !Differentials.Fits(own[s.Key], parent[s.Key], s, price));
    }
}
