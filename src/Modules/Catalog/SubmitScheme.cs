namespace HaoSuan.Catalog;

/// <summary>
/// Submits a draft for approval (提交审批): from then on it is not changed, unless it is rejected, or withdrawn (撤回) by whoever
/// submitted or wrote it.
/// </summary>
public sealed class SubmitScheme(Db db, Schemes schemes, Actor actor, Audit audit, Outbox outbox, TenantScope tenant, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(ProductId product, int version, CancellationToken cancel = default)
    {
        var move = new Move(ProposalAction.Submitted, actor.Name, time.Now);
        return db.TakeAsync(schemes, (product, version), move, audit, outbox, async (draft, _) =>
            Dates.Fault(draft.InForceFrom, move.At, tenant.Zone, await schemes.VersionsAsync(product, cancel)) is { } fault ? [fault] : [], cancel);
    }

    public Task<Result<Done>> WithdrawAsync(ProductId product, int version, CancellationToken cancel = default) =>
        db.TakeAsync(schemes, (product, version), new(ProposalAction.Withdrawn, actor.Name, time.Now), audit, outbox, null, cancel);
}
