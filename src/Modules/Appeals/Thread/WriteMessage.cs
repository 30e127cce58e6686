namespace HaoSuan.Appeals;

/// <summary>Either side writes. What the office asks for makes the appeal wait for the distributor, whose answer ends that.</summary>
public sealed class WriteMessage(AppealThread thread, TenantScope tenant, TimeProvider time)
{
    public Task<Result<Done>> ByDistributorAsync(AppealId id, DistributorId by, NewMessage message, CancellationToken cancel = default) =>
        thread.WriteAsync(id, by, MessageKind.Said, message, a => Task.FromResult(a.ReadCourse().Said(byOffice: false, Today)), cancel);

    public Task<Result<Done>> ByOfficeAsync(AppealId id, NewMessage message, bool asks, CancellationToken cancel = default) =>
        thread.WriteAsync(id, null, asks ? MessageKind.Asked : MessageKind.Said, message,
            a => Task.FromResult(asks ? a.ReadCourse().Asked(Today) : a.ReadCourse().Said(byOffice: true, Today)), cancel);

    private DateOnly Today => tenant.Zone.DateOf(time.Now);
}
