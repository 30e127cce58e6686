namespace HaoSuan.Catalog;

internal static class SchemeSteps
{
    /// <summary>Adds what is done now to a version's history. The version, or its product, is locked.</summary>
    public static async Task AddStepAsync(
        this Db db, SchemeDraftRow draft, SchemeAction action, Actor actor, Instant now, string reason, CancellationToken cancel)
    {
        var (product, version) = (draft.ProductId, draft.Version);
        var steps = await db.SchemeSteps.CountAsync(s => s.ProductId == product && s.Version == version, cancel);
        db.Add(new SchemeStepRow
        {
            ProductId = product,
            Version = version,
            Number = steps + 1,
            Action = action,
            At = now,
            Actor = actor.Name,
            Reason = reason,
        });
    }
}
