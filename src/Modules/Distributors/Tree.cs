using HaoSuan.Catalog;
using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>The tree of distributors (分销体系), their rates and their invitations.</summary>
public sealed class Tree(Db db, Products products, Schemes schemes, TimeProvider time)
{
    public Task<Distributor?> FindAsync(DistributorId id, CancellationToken cancel = default) => FindAsync(id, time.Now, cancel);

    public async Task<Distributor?> FindByCodeAsync(string code, CancellationToken cancel = default) =>
        (await PlacedAsync(db.Distributors.Where(d => d.Code == code), time.Now, cancel)) is [var found] ? found : null;

    /// <summary>Everybody, by code.</summary>
    public Task<IReadOnlyList<Distributor>> AllAsync(CancellationToken cancel = default) => PlacedAsync(db.Distributors, time.Now, cancel);

    public async Task<IReadOnlyList<Distributor>> ChildrenAsync(DistributorId id, CancellationToken cancel = default) =>
        [.. (await PlacedAsync(db.EverUnder(id), time.Now, cancel)).Where(d => d.ParentId == id)];

    /// <summary>The distributor and everybody below it, from the top down.</summary>
    public async Task<IReadOnlyList<Distributor>> TeamAsync(DistributorId top, CancellationToken cancel = default) =>
        [.. Branches.Of(await AllAsync(cancel)).Under(top).Select(b => b.Distributor)];

    /// <summary>The chain from the top to the seller with the rates of that instant: what an order pins.</summary>
    public async Task<Result<IReadOnlyList<ChainMember>>> ChainAsync(
        DistributorId seller, ProductId product, Instant at, CancellationToken cancel = default)
    {
        if (await schemes.InForceAsync(product, at, cancel) is not { } inForce) return new Refusal("distributors.no_scheme_in_force");
        var chain = await UpwardAsync(seller, at, cancel);
        if (chain.Count == 0) return new Refusal("distributors.unknown");
        if (chain.Find(d => !d.Active) is { } left) return new Refusal("distributors.inactive", left.Code);
        if (chain[^1].Frozen) return new Refusal("distributors.frozen", chain[^1].Code);
        var sold = (await products.FindAsync(product, cancel))!;     // a scheme in force has its product
        if (await Authorisations.HasLapsedAsync(db, seller, sold.UpstreamId, at, cancel))
            return new Refusal("distributors.authorisation_lapsed", chain[^1].Code);
        var rates = await RatesAtAsync(chain.ConvertAll(d => d.Id), product, at, cancel);
        var missing = from d in chain from s in inForce.Scheme.Stages where !rates[d.Id].ContainsKey(s.Key)
                      select new Refusal("distributors.rate_missing", d.Code, s.Name);
        if (missing.ToList() is { Count: > 0 } refusals) return refusals;
        if (Inverted(chain, rates, inForce.Scheme, sold.Price) is var (code, stage))
            return new Refusal("distributors.rate_above_parent", code, stage);
        return chain.ConvertAll(d => new ChainMember(d.Id, rates[d.Id]));
    }

    /// <summary>What can be ordered from a distributor now: on sale, and with terms for it.</summary>
    public async Task<IReadOnlyList<Product>> OffersAsync(DistributorId seller, CancellationToken cancel = default)
    {
        List<Product> offers = [];
        foreach (var product in await products.OnSaleAsync(cancel))
        {
            if (!(await ChainAsync(seller, product.Id, time.Now, cancel)).IsRefused) offers.Add(product);
        }
        return offers;
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

    /// <summary>Every move of a distributor, the newest first.</summary>
    public async Task<IReadOnlyList<Moved>> MovesAsync(DistributorId id, CancellationToken cancel = default) =>
        [.. (await db.Moves.AsNoTracking().Where(m => m.DistributorId == id).OrderByDescending(m => m.Number).ToListAsync(cancel))
            .Select(m => new Moved(m.ParentId, m.FromAt, m.Reason, m.MovedAt, m.MovedBy))];

    /// <summary>Every freeze of a distributor, the newest first.</summary>
    public async Task<IReadOnlyList<FreezeRecord>> FreezesAsync(DistributorId id, CancellationToken cancel = default) =>
        [.. (await db.Freezes.AsNoTracking().Where(f => f.DistributorId == id).OrderByDescending(f => f.Number).ToListAsync(cancel))
            .Select(f => f.ToFreeze())];

    /// <summary>Whose shop the code opens; null where there is none, or its distributor has left.</summary>
    public async Task<Invitation?> InvitationAsync(string code, CancellationToken cancel = default) =>
        await db.Invitations.AsNoTracking().FirstOrDefaultAsync(i => i.Code == code, cancel) is { } invitation
        && await FindAsync(invitation.DistributorId, cancel) is { Active: true } distributor
            ? new(invitation.Code, distributor.Id, distributor.Name) { IsClosed = distributor.Frozen }
            : null;

    /// <summary>Whether a distributor sells now: neither it nor anybody above it has left, and it is not frozen itself.</summary>
    public async Task<bool> SellsAsync(DistributorId seller, CancellationToken cancel = default) =>
        await UpwardAsync(seller, time.Now, cancel) is [.., { Frozen: false }] chain && chain.TrueForAll(d => d.Active);

    /// <summary>A distributor's invitations, the newest first.</summary>
    public async Task<IReadOnlyList<string>> InvitationsAsync(DistributorId id, CancellationToken cancel = default) =>
        await db.Invitations.Where(i => i.DistributorId == id).OrderByDescending(i => i.CreatedAt).Select(i => i.Code).ToListAsync(cancel);

    private async Task<Distributor?> FindAsync(DistributorId id, Instant at, CancellationToken cancel) =>
        await PlacedAsync(db.Distributors.Where(d => d.Id == id), at, cancel) is [var found] ? found : null;

    /// <summary>From the top down to the one. Its length is bounded: the tree has no circles.</summary>
    private async Task<List<Distributor>> UpwardAsync(DistributorId one, Instant at, CancellationToken cancel)
    {
        List<Distributor> chain = [];
        for (var next = (DistributorId?)one; next is { } id && await FindAsync(id, at, cancel) is { } found; next = found.ParentId) chain.Insert(0, found);
        return chain;
    }

    /// <summary>The distributors as they stand at that instant, by code.</summary>
    private async Task<IReadOnlyList<Distributor>> PlacedAsync(IQueryable<DistributorRow> which, Instant at, CancellationToken cancel)
    {
        var rows = await which.AsNoTracking().OrderBy(d => d.Code).ToListAsync(cancel);
        var placements = await db.PlacementsAsync(which, cancel);
        var freezes = (await db.Freezes.AsNoTracking().Where(f => which.Any(d => d.Id == f.DistributorId) && f.FromAt <= at).ToListAsync(cancel))
            .Where(f => f.ToFreeze().HoldsAt(at)).Select(f => f.DistributorId).ToHashSet();
        return [.. rows.Select(r => new Distributor(r.Id, placements[r.Id].ParentAt(at), r.Code, r.Name, r.Active, r.JoinedAt)
        {
            Frozen = freezes.Contains(r.Id),
        })];
    }

    private async Task<IReadOnlyDictionary<DistributorId, IReadOnlyDictionary<string, Rate>>> RatesAtAsync(
        List<DistributorId> ids, ProductId product, Instant at, CancellationToken cancel)
    {
        var rows = (await db.Rates.AsNoTracking()
            .Where(r => EF.Parameter(ids).Contains(r.DistributorId) && r.ProductId == product && r.FromAt <= at)
            .OrderBy(r => r.FromAt).ThenBy(r => r.Number).ToListAsync(cancel)).ToLookup(r => r.DistributorId);
        return ids.ToDictionary(id => id, id => (IReadOnlyDictionary<string, Rate>)rows[id]
            .GroupBy(r => r.Stage).ToDictionary(g => g.Key, g => g.Last().Rate));
    }

    /// <summary>Whose rate does not fit: a new version, or a new price, may have undone what <see cref="SetRate"/> checked.</summary>
    private static (string Code, string Stage)? Inverted(
        List<Distributor> chain, IReadOnlyDictionary<DistributorId, IReadOnlyDictionary<string, Rate>> rates, Scheme scheme, Money price)
    {
        if (scheme.Differential == Differential.Highest) return null;
        return chain.Zip(chain.Skip(1)).SelectMany(
                pair => scheme.Stages.Where(s => !Differentials.Fits(rates[pair.Second.Id][s.Key], rates[pair.First.Id][s.Key], s, price)),
                (pair, stage) => ((string, string)?)(pair.Second.Code, stage.Name))
            .FirstOrDefault();
    }
}
