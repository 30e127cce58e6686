namespace HaoSuan.Orders;

/// <summary>Takes somebody off the blacklist again, with the reason. The entry stays as it was, and says so.</summary>
public sealed class LiftFromBlacklist(Db db, Actor actor, Audit audit, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(Guid id, string reason, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        if (reason.Trim().Length is 0 or > 200) return new Refusal("orders.blacklist_reason", 200).On("LiftReason");
        if (await db.Blacklist.Where(b => b.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { LiftedAt: null } row)
            return new Refusal("orders.blacklist_lifted");
        (row.LiftedAt, row.LiftedBy, row.LiftReason) = (time.Now, actor.Name, reason.Trim());
        audit.Record("blacklist.lifted", $"blacklist:{id}", reason.Trim());
        return default(Done);
    }, cancel);
}
