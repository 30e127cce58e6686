using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Settling.Outlook;

namespace HaoSuan.Outlook;

/// <summary>
/// Looks at every confirmed order once a day, in bounded batches: warns of the deadlines that have come near, ends the warnings
/// that are met, missed or groundless, and keeps what is expected to be released. A second run at the same instant changes nothing.
/// </summary>
internal sealed class WatchOrders(Db db, OrdersToSettle orders, Schemes schemes, Outbox outbox, TenantScope tenant, TimeProvider time) : IRecurring
{
    public const string Name = "watch-orders";

    /// <summary>Early in the morning in China: 21:10 UTC.</summary>
    public const string Cron = "0 10 21 * * ?";

    public const int Batch = 500;

    /// <summary>How near a deadline has to be before somebody is warned of it.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(7);

    public async Task RunAsync(CancellationToken cancel)
    {
        var now = time.Now;
        for (OrderId? last = null; (last = await BatchAsync(now, last, cancel)) is not null;)
        {
        }
        await db.InTransaction(async () =>
        {
            if (await db.Watched.SingleOrDefaultAsync(cancel) is { } watched) watched.At = Instant.Max(watched.At, now);
            else db.Add(new WatchedRow { At = now });
        }, cancel);
    }

    /// <summary>Returns the last order that it has looked at, or null where there was none any more.</summary>
    private Task<OrderId?> BatchAsync(Instant now, OrderId? after, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var page = await orders.AllAsync(Batch, after, cancel);
        var ids = page.Select(o => o.Id).ToList();
        var warned = (await db.Warnings.Where(w => EF.Parameter(ids).Contains(w.OrderId)).ToListAsync(cancel)).ToLookup(w => w.OrderId);
        var expected = (await db.Expected.Where(e => EF.Parameter(ids).Contains(e.OrderId)).ToListAsync(cancel)).ToLookup(e => e.OrderId);
        foreach (var order in page)
        {
            var scheme = (await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel)).Scheme;
            var outlook = OrderOutlook.Of(order, scheme, now, tenant.Zone);
            Warn(order, outlook, warned[order.Id], now);
            Expect(outlook.Releases(order, scheme, tenant.Zone), expected[order.Id]);
        }
        return page.Count == 0 ? (OrderId?)null : page[^1].Id;
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
