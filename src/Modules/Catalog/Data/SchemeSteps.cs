namespace HaoSuan.Catalog;

internal static class SchemeSteps
{
    /// <summary>
    /// A version, or null where there is none. Its product is locked: what is done with the versions of one product is done one
    /// after the other, so that no two come into force at one instant.
    /// </summary>
    public static async Task<SchemeDraftRow?> LockVersionAsync(this Db db, ProductId product, int version, CancellationToken cancel)
    {
        await db.Products.Where(p => p.Id == product).ForUpdate().FirstOrDefaultAsync(cancel);
        return await db.SchemeDrafts.FirstOrDefaultAsync(d => d.ProductId == product && d.Version == version, cancel);
    }

    /// <summary>Adds what is done now to a version's history. The version is locked.</summary>
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
