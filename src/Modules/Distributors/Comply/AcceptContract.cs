namespace HaoSuan.Distributors;

/// <summary>A distributor accepts the present version of the contract, as whoever joins does. Once is enough for a version.</summary>
public sealed class AcceptContract(Db db, Contracts contracts, Actor actor, Audit audit, TimeProvider time)
{
    /// <param name="distributor">Who accepts.</param>
    /// <param name="sha256">Of the text that stood on the page.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> RunAsync(DistributorId distributor, string sha256, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (await contracts.PresentAsync(cancel) is not { } contract) return new Refusal("distributors.no_contract");
            if (contract.Sha256 != sha256) return new Refusal("distributors.contract_changed").On("accept");
            if (await db.Distributors.Where(d => d.Id == distributor).ForUpdate().FirstOrDefaultAsync(cancel) is null)
                return new Refusal("distributors.unknown");
            await AddAsync(distributor, contract.Version, contract.Sha256, time.Now, cancel);
            return default(Done);
        }, cancel);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Acceptance>> OfAsync(DistributorId distributor, CancellationToken cancel = default) =>
        [.. (await db.Acceptances.AsNoTracking().Where(a => a.DistributorId == distributor).OrderByDescending(a => a.Version).ToListAsync(cancel))
            .Select(a => new Acceptance(a.DistributorId, a.Version, a.Sha256, a.AcceptedAt))];

    /// <summary>Who has accepted which version: the latest of each.</summary>
    public async Task<IReadOnlyDictionary<DistributorId, int>> LatestAsync(CancellationToken cancel = default) =>
        await db.Acceptances.GroupBy(a => a.DistributorId).Select(g => new { g.Key, Version = g.Max(a => a.Version) })
            .ToDictionaryAsync(a => a.Key, a => a.Version, cancel);

    internal async Task AddAsync(DistributorId distributor, int version, string sha256, Instant at, CancellationToken cancel)
    {
        if (await db.Acceptances.AnyAsync(a => a.DistributorId == distributor && a.Version == version, cancel)) return;
        db.Add(new AcceptanceRow
        {
            DistributorId = distributor,
            Version = version,
            Sha256 = sha256,
            AcceptedAt = at,
            AcceptedBy = actor.Name,
        });
        audit.Record("contract.accepted", $"distributor:{distributor.Value}", $"contract {version} {sha256}");
    }
}
