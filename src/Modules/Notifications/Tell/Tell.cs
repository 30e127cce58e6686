using System.Text.Json;

namespace HaoSuan.Notifications;

/// <summary>What a module tells of one of its events.</summary>
internal sealed record Telling<TEvent>(Func<TEvent, Notification?> Of);

/// <summary>Puts what there is to tell of an event into the inboxes of those whom it concerns.</summary>
internal sealed class Tell<TEvent>(Db db, Telling<TEvent> telling, Recipients recipients, Delivery delivery, TimeProvider time) : IFollow<TEvent>
    where TEvent : IEvent
{
    // A delivery that is repeated finds its rows there.
    private static readonly BulkInsert<NotificationRow> Rows = new BulkInsert<NotificationRow>("notification", "do nothing")
        .With("user_id", n => n.UserId.Value).With("id", n => n.Id).With("kind", n => n.Kind).With("text", n => n.Text)
        .With("insertions", n => n.Insertions).With("href", n => n.Href).With("told_at", n => n.ToldAt.Microseconds);

    public async Task FollowAsync(TEvent happened, CancellationToken cancel)
    {
        if (telling.Of(happened) is not { } notification) return;
        await db.InTransaction(async () =>
        {
            var users = await recipients.OfAsync(notification.For, cancel);
            await Rows.RunAsync(db, [.. users.Select(user => RowFor(user, notification))], cancel);
        }, cancel);
    }

    private NotificationRow RowFor(UserId user, Notification notification) => new()
    {
        UserId = user,
        Id = delivery.Id,
        Kind = notification.Text.Split('.')[0],
        Text = notification.Text,
        Insertions = JsonSerializer.Serialize(notification.Values, Json.Options),
        Href = notification.Href,
        ToldAt = time.Now,
    };
}
