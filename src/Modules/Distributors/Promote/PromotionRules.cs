namespace HaoSuan.Distributors;

/// <summary>
/// What distributors may not do when they promote (推广规范): false promises, cash back, other wrappings. A distributor accepts each version
/// once, and before that he sees no material; as long as there are no rules, nobody sees any.
/// </summary>
public sealed class PromotionRules(Db db, Actor actor, Audit audit, TimeProvider time)
{
    private const string Kind = "rules";

    /// <summary>Publishes the text as the next version. The same text again is the version that there is.</summary>
    public Task<Result<int>> PublishAsync(string text, CancellationToken cancel = default) =>
        db.PublishTextAsync<PromotionRulesRow>(Kind, text, actor.Name, time.Now, audit, cancel);

    /// <summary>The version that is accepted now; null before the first one.</summary>
    public Task<TextVersion?> PresentAsync(CancellationToken cancel = default) => db.PresentTextAsync<PromotionRulesRow>(cancel);

    public Task<TextVersion?> FindAsync(int version, CancellationToken cancel = default) => db.FindTextAsync<PromotionRulesRow>(version, cancel);

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<TextVersion>> AllAsync(CancellationToken cancel = default) => db.TextsAsync<PromotionRulesRow>(cancel);

    /// <param name="distributor">Who accepts.</param>
    /// <param name="sha256">Of the text that stood on the page.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> AcceptAsync(DistributorId distributor, string sha256, CancellationToken cancel = default) =>
        db.AcceptTextAsync<PromotionRulesRow, PromotionAcceptanceRow>(Kind, distributor, sha256, actor.Name, time.Now, audit, cancel);

    /// <summary>What a distributor has accepted, the newest first.</summary>
    public Task<IReadOnlyList<Acceptance>> AcceptedAsync(DistributorId distributor, CancellationToken cancel = default) =>
        db.AcceptedTextsAsync<PromotionAcceptanceRow>(distributor, cancel);

    /// <summary>Who has accepted which version: the latest of each.</summary>
    public Task<IReadOnlyDictionary<DistributorId, int>> LatestAsync(CancellationToken cancel = default) =>
        db.LatestTextsAsync<PromotionAcceptanceRow>(cancel);

    /// <summary>Whether there are rules, and the distributor has accepted the present version: only then does he see material.</summary>
    public async Task<bool> AreAcceptedAsync(DistributorId distributor, CancellationToken cancel = default) =>
        await PresentAsync(cancel) is { } present && (await AcceptedAsync(distributor, cancel)).Any(a => a.Version == present.Version);
}
