namespace HaoSuan.Appeals;

/// <summary>The distributor takes the appeal back (撤回). Another one may be opened.</summary>
public sealed class WithdrawAppeal(AppealThread thread)
{
    public Task<Result<Done>> RunAsync(AppealId id, DistributorId by, NewMessage message, CancellationToken cancel = default) =>
        thread.WriteAsync(id, by, MessageKind.Withdrawn, message, a => Task.FromResult(a.ReadCourse().Withdrawn()), cancel);
}
