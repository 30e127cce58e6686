namespace HaoSuan.Distributors;

/// <summary>Lets a distributor leave (停用) or come back. Its orders and balances stay; its invitations open nothing meanwhile.</summary>
public sealed class Activate(Db db, Audit audit)
{
    public Task<Result<Done>> RunAsync(DistributorId id, bool active, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            if (await db.Distributors.FirstOrDefaultAsync(d => d.Id == id, cancel) is not { } row) return new Refusal("distributors.unknown");
            if (row.Active != active) audit.Record(active ? "distributor.activated" : "distributor.deactivated", $"distributor:{id.Value}", row.Code);
            row.Active = active;
            return default(Done);
        }, cancel);
}
