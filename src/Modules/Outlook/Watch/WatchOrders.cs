using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Settling.Outlook;

namespace HaoSuan.Outlook;

/// <summary>
/// Looks at each order of which something new is known, or for which it is time, in bounded batches: warns of the deadlines that have
/// come near, ends the warnings that are met, missed or groundless, and keeps what is expected to be released. The rest is as it was.
/// </summary>
internal sealed class WatchOrders(Db db, OrdersToSettle orders, Schemes schemes, Outbox outbox, TenantScope tenant, TimeProvider time) : IRecurring
{
    public const string Name = "watch-orders";

    /// <summary>Every minute.</summary>
    public const string Cron = "20 * * * * ?";

    // A new fact of an order that is being looked at waits until its batch is through.
    private const int Batch = 100;

    /// <summary>How long before a deadline people have heard of it, or as soon as it is known where it is nearer than that.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromDays(7);

    /// <summary>How near a deadline is when it is warned of: the lead, and an hour for a watch that is late and a message on its way.</summary>
    public static readonly TimeSpan Horizon = Lead + TimeSpan.FromHours(1);

    public async Task RunAsync(CancellationToken cancel)
    {
        var now = time.Now;
        if (!await db.Watched.AnyAsync(cancel)) await orders.VisitAllAsync(DueFor.Outlook, now, cancel);
        while (await BatchAsync(now, cancel))
        {
        }
        await db.InTransaction(async () =>
        {
            if (await db.Watched.SingleOrDefaultAsync(cancel) is { } watched) watched.At = Instant.Max(watched.At, now);
            else db.Add(new WatchedRow { At = now });
        }, cancel);
    }

    /// <summary>Looks at orders that are due and that nobody else looks at. False where there was none.</summary>
    private Task<bool> BatchAsync(Instant now, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var ids = await orders.ClaimAsync(DueFor.Outlook, now, Batch, cancel);
        if (ids.Count == 0) return false;
        var warned = (await db.Warnings.Where(w => EF.Parameter(ids).Contains(w.OrderId)).ToListAsync(cancel)).ToLookup(w => w.OrderId);
        var expected = (await db.Expected.Where(e => EF.Parameter(ids).Contains(e.OrderId)).ToListAsync(cancel)).ToLookup(e => e.OrderId);
        List<(OrderId, Instant?)> next = new(ids.Count);
        foreach (var order in await orders.ClaimedAsync(ids, cancel))
        {
            var scheme = (await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel)).Scheme;
            var outlook = OrderOutlook.Of(order, scheme, now, tenant.Zone);
            Warn(order, outlook, warned[order.Id], now);
            Expect(outlook.Releases(order, scheme, tenant.Zone), expected[order.Id]);
            next.Add((order.Id, NextLook.Of(outlook, order.Facts, now, Horizon, tenant.Zone)));
        }
        await orders.VisitedAsync(DueFor.Outlook, next, cancel);
        return true;
    }, cancel);

    private void Warn(OrderToSettle order, OrderOutlook outlook, IEnumerable<WarningRow> kept, Instant now)
    {
        var rows = kept.ToDictionary(w => (w.Key, w.DistributorId));
        var near = outlook.Warnings(order, now, now + Horizon).ToDictionary(w => (w.Key, w.DistributorId));
        foreach (var (key, warning) in near)
        {
            if (!rows.TryGetValue(key, out var row)) db.Add(row = warning);
            else if (row.ResolvedAt is null) continue;
            else (row.ResolvedAt, row.Outcome) = (null, null);
            outbox.Publish(new WarningRaised(
                order.Id, order.OrderNo, row.DistributorId, row.Kind, row.StageName, warning.Deadline, warning.Amount));
        }
        foreach (var (key, row) in rows)
        {
            // A fact that is learned late may still turn what was missed into what was met.
            if (near.TryGetValue(key, out var warning)) (row.Deadline, row.Amount) = (warning.Deadline, warning.Amount);
            else (row.ResolvedAt, row.Outcome) = (row.ResolvedAt ?? now, outlook.OutcomeOf(row.Key));
        }
    }

    private void Expect(IEnumerable<ExpectedRow> releases, IEnumerable<ExpectedRow> kept)
    {
        var rows = kept.ToDictionary(KeyOf);
        foreach (var release in releases)
        {
            if (rows.Remove(KeyOf(release), out var row)) row.Amount = release.Amount;
            else db.Add(release);
        }
        db.RemoveRange(rows.Values);
    }

    private static (string, DistributorId, DateOnly, Certainty) KeyOf(ExpectedRow row) => (row.Stage, row.DistributorId, row.Day, row.Certainty);
}
