namespace HaoSuan.Notifications;

/// <summary>Removes what was read long ago, and what nobody has read for very long.</summary>
internal sealed class ForgetOld(Db db, NotificationPolicy policy, TimeProvider time) : IRecurring
{
    public async Task RunAsync(CancellationToken cancel)
    {
        var (read, told) = (time.Now - policy.Read, time.Now - policy.Unread);
        await db.Notifications.Where(n => n.ReadAt < read || (n.ReadAt == null && n.ToldAt < told)).ExecuteDeleteAsync(cancel);
    }
}
