namespace HaoSuan.Appeals;

/// <summary>An office user takes an open appeal (负责人), also from a colleague.</summary>
public sealed class TakeAppeal(Db db, Audit audit, Actor actor)
{
    public Task<Result<Done>> RunAsync(AppealId id, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        if (await db.Appeals.Where(a => a.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { } appeal) return new Refusal("appeals.unknown");
        if (!appeal.IsOpen) return new Refusal("appeals.not_open");
        if (appeal.Owner == actor.Name) return default(Done);
        appeal.Owner = actor.Name;
        audit.Record("appeal.taken", $"appeal:{id.Value}", appeal.Number);
        return default(Done);
    }, cancel);
}
