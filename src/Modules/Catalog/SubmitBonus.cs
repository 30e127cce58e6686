namespace HaoSuan.Catalog;

/// <summary>Submits a bonus, or the end of one, for approval (提交审批), or withdraws it (撤回) before it is decided.</summary>
public sealed class SubmitBonus(Db db, Schemes schemes, Actor actor, Audit audit, Outbox outbox, TenantScope tenant, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(string key, int version, CancellationToken cancel = default) =>
        db.TakeAsync(schemes, (key, version), new(ProposalAction.Submitted, actor.Name, time.Now), audit, outbox, async (_, read) =>
            await schemes.FaultsAsync(read, db, BonusTerms.ThisMonth(tenant, time), cancel), cancel);

    public Task<Result<Done>> WithdrawAsync(string key, int version, CancellationToken cancel = default) =>
        db.TakeAsync(schemes, (key, version), new(ProposalAction.Withdrawn, actor.Name, time.Now), audit, outbox, null, cancel);
}
