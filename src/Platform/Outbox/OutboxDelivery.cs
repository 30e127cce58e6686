using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaoSuan.Platform;

/// <summary>
/// Delivers what the outbox holds. A row is claimed for a lease, its follower runs without a transaction of ours (it may talk
/// to the outside), and then the row is done. A failure is tried again later and later; nothing is ever dropped.
/// </summary>
public sealed partial class OutboxDelivery
{
    private const int Batch = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly Dictionary<(string Subscriber, string Event), Subscription> _subscriptions;
    private readonly IServiceScopeFactory _scopes;
    private readonly Tenants _tenants;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxDelivery> _logger;

    internal OutboxDelivery(
        IServiceScopeFactory scopes, IEnumerable<Subscription> subscriptions, Tenants tenants, TimeProvider time, ILogger<OutboxDelivery> logger)
    {
        _subscriptions = subscriptions.ToDictionary(s => (s.Subscriber, s.Event));
        (_scopes, _tenants, _time, _logger) = (scopes, tenants, time, logger);
    }

    /// <summary>Delivers everything that is due, and what that brings about, until nothing is due. Returns how many were delivered.</summary>
    public async Task<int> DrainAsync(CancellationToken cancel = default)
    {
        var delivered = 0;
        while (await DueAsync(cancel) is { Count: > 0 } due)
        {
            var tenants = (await _tenants.AllAsync(cancel)).ToDictionary(t => t.Id);
            foreach (var (tenant, id) in due)
            {
                if (await DeliverAsync(tenants[tenant], id, cancel)) delivered++;
            }
        }
        return delivered;
    }

    private async Task<List<(TenantId Tenant, Guid Id)>> DueAsync(CancellationToken cancel)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var now = _time.Now;
        var rows = await scope.ServiceProvider.GetRequiredService<Db>().Set<OutboxRow>().IgnoreQueryFilters()
            .Where(r => r.DoneAt == null && r.DueAt <= now)
            .OrderBy(r => r.DueAt).ThenBy(r => r.Id)
            .Select(r => new { r.TenantId, r.Id })
            .Take(Batch).ToListAsync(cancel);
        return [.. rows.Select(r => (r.TenantId, r.Id))];
    }

    private async Task<bool> DeliverAsync(Tenant tenant, Guid id, CancellationToken cancel)
    {
        await using var scope = _scopes.CreateScope(tenant);
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        if (await ClaimAsync(db, id, cancel) is not { } row) return false;
        try
        {
            await using var work = _scopes.CreateScope(tenant);
            work.ServiceProvider.GetRequiredService<Delivery>().Id = row.Id;
            await _subscriptions[(row.Subscriber, row.Event)].Deliver(work.ServiceProvider, row.Payload, cancel);
            (row.DoneAt, row.Error) = (_time.Now, null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            Log.DeliveryFailed(_logger, e, row.Event, row.Subscriber, row.Attempts);
            (row.DueAt, row.Error) = (_time.Now + PauseAfter(row.Attempts), e.ToString());
        }
        await db.SaveChangesAsync(cancel);
        return row.DoneAt is not null;
    }

    private async Task<OutboxRow?> ClaimAsync(Db db, Guid id, CancellationToken cancel)
    {
        var now = _time.Now;
        var until = now + Lease;
        var claimed = await db.Set<OutboxRow>().Where(r => r.Id == id && r.DoneAt == null && r.DueAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, until).SetProperty(r => r.Attempts, r => r.Attempts + 1), cancel);
        return claimed == 1 ? await db.Set<OutboxRow>().SingleAsync(r => r.Id == id, cancel) : null;
    }

    private static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 5 * Math.Pow(2, Math.Min(attempts, 20))));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Event} was not delivered to {Subscriber} (attempt {Attempt})")]
        public static partial void DeliveryFailed(ILogger logger, Exception e, string @event, string subscriber, int attempt);
    }
}
