namespace HaoSuan.Distributors;

/// <summary>A distributor accepts the present version of the contract, as whoever joins does. Once is enough for a version.</summary>
public sealed class AcceptContract(Db db, Actor actor, Audit audit, TimeProvider time)
{
    /// <param name="distributor">Who accepts.</param>
    /// <param name="sha256">Of the text that stood on the page.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> RunAsync(DistributorId distributor, string sha256, CancellationToken cancel = default) =>
        db.AcceptTextAsync<ContractRow, AcceptanceRow>(Contracts.Kind, distributor, sha256, actor.Name, time.Now, audit, cancel);

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<Acceptance>> OfAsync(DistributorId distributor, CancellationToken cancel = default) =>
        db.AcceptedTextsAsync<AcceptanceRow>(distributor, cancel);

    /// <summary>Who has accepted which version: the latest of each.</summary>
    public Task<IReadOnlyDictionary<DistributorId, int>> LatestAsync(CancellationToken cancel = default) => db.LatestTextsAsync<AcceptanceRow>(cancel);

    internal Task AddAsync(Acceptance accepted, CancellationToken cancel) =>
        db.AddAcceptanceAsync<AcceptanceRow>(Contracts.Kind, accepted, actor.Name, audit, cancel);
}
