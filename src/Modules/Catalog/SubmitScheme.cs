namespace HaoSuan.Catalog;

/// <summary>Submits a draft for approval (提交审批). From then on it is not changed, unless it is rejected.</summary>
public sealed class SubmitScheme(Db db, Schemes schemes, Actor actor, Audit audit, TenantScope tenant, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(ProductId product, int version, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (await db.LockVersionAsync(product, version, cancel) is not { } draft) return new Refusal("catalog.version_unknown", version);
            if (draft.State == SchemeState.Submitted) return default(Done);
            if (draft.State != SchemeState.Draft) return new Refusal("catalog.version_not_draft", version);
            if (Dates.Fault(draft.InForceFrom, time.Now, tenant.Zone, await schemes.VersionsAsync(product, cancel)) is { } fault) return fault;
            draft.State = SchemeState.Submitted;
            await db.AddStepAsync(draft, SchemeAction.Submitted, actor, time.Now, "", cancel);
            audit.Record("scheme.submitted", $"product:{product.Value}", $"v{version}");
            return default(Done);
        }, cancel);
}
