using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Platform;

/// <summary>Something that happened in one module and that others follow. Its JSON is kept, so members are only ever added.</summary>
public interface IEvent;

/// <summary>
/// Follows an event of another module, after the commit that published it. It may be called again with the same event,
/// and in any order, so it must be idempotent.
/// </summary>
public interface IFollow<in TEvent> where TEvent : IEvent
{
    Task FollowAsync(TEvent happened, CancellationToken cancel);
}

/// <summary>
/// The delivery of an event that a follower is called for: the same one however often it is tried, and another one for everything
/// that was published. Ordered by when that was.
/// </summary>
public sealed class Delivery
{
    public Guid Id { get; internal set; }
}

/// <summary>Who follows what. One line in a module's door: <c>services.Follow&lt;OrderPlaced, SubmitOrder&gt;()</c>.</summary>
internal sealed record Subscription(
    string Subscriber, string Event, Func<IEvent, bool> Wants, Func<IServiceProvider, string, CancellationToken, Task> Deliver);

public static class Subscriptions
{
    /// <param name="services">Where to add.</param>
    /// <param name="when">Which of the events are followed, by what they carry; null: all of them.</param>
    public static IServiceCollection Follow<TEvent, TFollower>(this IServiceCollection services, Func<TEvent, bool>? when = null)
        where TEvent : IEvent
        where TFollower : class, IFollow<TEvent>
    {
        services.AddScoped<TFollower>();
        return services.AddSingleton(new Subscription(
            typeof(TFollower).ToString(), typeof(TEvent).FullName!, happened => when?.Invoke((TEvent)happened) ?? true,
            (provider, payload, cancel) => provider.GetRequiredService<TFollower>()
                .FollowAsync(JsonSerializer.Deserialize<TEvent>(payload, Json.Options)!, cancel)));
    }
}

/// <summary>Publishes events with the transaction that they belong to: one row for each follower, delivered after the commit.</summary>
public sealed class Outbox
{
    private readonly Db _db;
    private readonly ILookup<string, Subscription> _followers;
    private readonly TimeProvider _time;

    internal Outbox(Db db, IEnumerable<Subscription> subscriptions, TimeProvider time) =>
        (_db, _followers, _time) = (db, subscriptions.ToLookup(s => s.Event, StringComparer.Ordinal), time);

    public void Publish<TEvent>(TEvent happened) where TEvent : IEvent
    {
        var now = _time.Now;
        foreach (var follower in _followers[typeof(TEvent).FullName!].Where(f => f.Wants(happened)))
        {
            _db.Add(new OutboxRow
            {
                Id = Guid.CreateVersion7(_time.GetUtcNow()),
                Subscriber = follower.Subscriber,
                Event = follower.Event,
                Payload = JsonSerializer.Serialize(happened, Json.Options),
                CreatedAt = now,
                DueAt = now,
            });
        }
    }
}

internal sealed class OutboxRow : ITenantRow
{
    public TenantId TenantId { get; init; }
    public required Guid Id { get; init; }
    public required string Subscriber { get; init; }
    public required string Event { get; init; }
    public required string Payload { get; init; }
    public required Instant CreatedAt { get; init; }
    public required Instant DueAt { get; set; }
    public int Attempts { get; set; }
    public Instant? DoneAt { get; set; }
    public string? Error { get; set; }
}

internal sealed class OutboxMapping : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> row) => row.ToTable("outbox").HasKey(r => new { r.TenantId, r.Id });
}
