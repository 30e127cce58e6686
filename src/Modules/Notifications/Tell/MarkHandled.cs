namespace HaoSuan.Notifications;

/// <summary>What one of a module's events has done that somebody was told to do.</summary>
internal sealed record Handling<TEvent>(Func<TEvent, Handled?> Of);

/// <summary>Somebody has done the work: whoever else was told to do it need not read of it any more.</summary>
internal sealed class MarkHandled<TEvent>(Db db, Handling<TEvent> handling, TimeProvider time) : IFollow<TEvent> where TEvent : IEvent
{
    public async Task FollowAsync(TEvent happened, CancellationToken cancel)
    {
        if (handling.Of(happened) is not { } handled) return;
        var now = (Instant?)time.Now;
        await db.Notifications.Where(n => n.ReadAt == null && n.Href == handled.Href && handled.Texts.Contains(n.Text))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), cancel);
    }
}
