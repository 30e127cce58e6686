namespace HaoSuan.Appeals;

/// <summary>The distributor does not accept a rejection: once, and within the policy's days. The deadline begins anew.</summary>
public sealed class ReopenAppeal(Db db, AppealThread thread, AppealPolicy policy, TenantScope tenant, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(AppealId id, DistributorId by, NewMessage message, CancellationToken cancel = default) =>
        thread.WriteAsync(id, by, MessageKind.Reopened, message, async appeal =>
        {
            var other = await db.Appeals.Where(a =>
                    a.OrderId == appeal.OrderId && a.Stage == appeal.Stage && a.DistributorId == by && a.IsOpen)
                .Select(a => a.Number).FirstOrDefaultAsync(cancel);
            return other is null
                ? appeal.ReadCourse().Reopened(tenant.Zone.DateOf(time.Now), time.Now, policy)
                : new Refusal("appeals.one_open", other);
        }, cancel);
}
