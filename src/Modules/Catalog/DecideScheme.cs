namespace HaoSuan.Catalog;

/// <summary>
/// Approves a submitted version (批准), which is live from its date on, or rejects it with a reason (驳回). Whoever wrote, changed or
/// submitted it cannot approve it.
/// </summary>
public sealed class DecideScheme(Db db, Schemes schemes, Actor actor, Audit audit, TenantScope tenant, TimeProvider time)
{
    private const int LongestReason = 500;

    /// <param name="product">Whose scheme it is.</param>
    /// <param name="version">Which one.</param>
    /// <param name="seen">How many steps it had when the approver read it; null where nobody looks.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Done>> ApproveAsync(ProductId product, int version, int? seen = null, CancellationToken cancel = default) =>
        db.InTransaction(() => ApproveAsync(product, version, seen, time.Now, cancel), cancel);

    public Task<Result<Done>> RejectAsync(ProductId product, int version, string reason, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (await db.LockVersionAsync(product, version, cancel) is not { } draft) return new Refusal("catalog.version_unknown", version);
            if (draft.State != SchemeState.Submitted) return new Refusal("catalog.version_not_submitted", version);
            if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
                return new Refusal("catalog.reason_missing", LongestReason).On("reason");
            draft.State = SchemeState.Rejected;
            await db.AddStepAsync(draft, SchemeAction.Rejected, actor, time.Now, reason.Trim(), cancel);
            audit.Record("scheme.rejected", $"product:{product.Value}", $"v{version}");
            return default(Done);
        }, cancel);

    private async Task<Result<Done>> ApproveAsync(ProductId id, int version, int? seen, Instant now, CancellationToken cancel)
    {
        if (await db.LockVersionAsync(id, version, cancel) is not { } draft) return new Refusal("catalog.version_unknown", version);
        if (draft.State == SchemeState.Approved) return default(Done);
        if (draft.State != SchemeState.Submitted) return new Refusal("catalog.version_not_submitted", version);
        var read = (await schemes.FindVersionAsync(id, version, cancel))!;      // it is locked
        if (read.IsOf(actor.Name)) return new Refusal("catalog.own_version");
        if (seen is { } steps && steps != read.Steps.Count) return new Refusal("catalog.version_changed");
        if (Dates.Fault(draft.InForceFrom, now, tenant.Zone, await schemes.VersionsAsync(id, cancel)) is { } fault) return fault;
        var from = Dates.Start(draft.InForceFrom, now, tenant.Zone);
        var month = Month.Of(tenant.Zone.DateOf(from));
        var contradictions = Contradictions.Between(read.Scheme, await schemes.BonusesAsync(cancel), month).ToList();
        if (contradictions.Count > 0) return contradictions;
        (draft.State, draft.InForceFrom) = (SchemeState.Approved, from);
        db.Add(new SchemeRow { ProductId = id, Version = version, InForceFrom = from, Json = draft.Json, PublishedAt = now });
        await db.AddStepAsync(draft, SchemeAction.Approved, actor, now, "", cancel);
        audit.Record("scheme.approved", $"product:{id.Value}", $"v{version} from {from}");
        return default(Done);
    }
}
