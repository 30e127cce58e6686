namespace HaoSuan.Distributors;

/// <summary>The contracts (合同) that distributors accept when they join: versions are added, none is changed.</summary>
public sealed class Contracts(Db db, Actor actor, Audit audit, TimeProvider time)
{
    internal const string Kind = "contract";

    /// <summary>Publishes the text as the next version. The same text again is the version that there is.</summary>
    public Task<Result<int>> PublishAsync(string text, CancellationToken cancel = default) =>
        db.PublishTextAsync<ContractRow>(Kind, text, actor.Name, time.Now, audit, cancel);

    /// <summary>The version that is accepted now; null before the first one.</summary>
    public Task<TextVersion?> PresentAsync(CancellationToken cancel = default) => db.PresentTextAsync<ContractRow>(cancel);

    public Task<TextVersion?> FindAsync(int version, CancellationToken cancel = default) => db.FindTextAsync<ContractRow>(version, cancel);

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<TextVersion>> AllAsync(CancellationToken cancel = default) => db.TextsAsync<ContractRow>(cancel);
}
