using System.Data.Common;
using HaoSuan.Distributors;

namespace HaoSuan.Orders;

/// <summary>
/// Orders as settlement sees them, and the queues of those who visit them: confirmed orders with new facts, or for which it is time.
/// </summary>
public sealed class OrdersToSettle(Db db)
{
    private readonly KnownChains _chains = new();

    /// <summary>Whether any order is due by then.</summary>
    public Task<bool> AnyDueAsync(DueFor visitor, Instant now, CancellationToken cancel = default) =>
        db.Due.AnyAsync(d => d.DueFor == visitor && d.DueAt <= now, cancel);

    /// <summary>
    /// Takes orders that are due by then and that no other transaction holds, the longest due first: until the running transaction
    /// ends they are the caller's, who calls <see cref="VisitedAsync"/> before. Facts that come in meanwhile make them due again.
    /// </summary>
    public async Task<IReadOnlyList<OrderId>> ClaimAsync(DueFor visitor, Instant now, int take, CancellationToken cancel = default) =>
        await db.Due.AsNoTracking().Where(d => d.DueFor == visitor && d.DueAt <= now)
            .OrderBy(d => d.DueAt).ThenBy(d => d.OrderId).Take(take).ForUpdateSkippingLocked().Select(d => d.OrderId).ToListAsync(cancel);

    /// <summary>The orders that were claimed: all at once, or some after the others where they are many.</summary>
    public Task<IReadOnlyList<OrderToSettle>> ClaimedAsync(IReadOnlyList<OrderId> ids, CancellationToken cancel = default) =>
        ReadAsync(db.Orders.AsNoTracking().Where(o => EF.Parameter(ids).Contains(o.Id)).OrderBy(o => o.Id), ids.Count, cancel);

    /// <summary>Says when claimed orders are due next without a new fact; null: never.</summary>
    public Task VisitedAsync(DueFor visitor, IReadOnlyList<(OrderId Id, Instant? Next)> orders, CancellationToken cancel = default) =>
        db.InTransaction(async () =>
        {
            var done = orders.Where(o => o.Next is null).Select(o => o.Id).ToList();
            if (done.Count > 0) await db.Due.Where(d => d.DueFor == visitor && EF.Parameter(done).Contains(d.OrderId)).ExecuteDeleteAsync(cancel);
            var later = orders.Where(o => o.Next is not null).Select(o => new DueRow { DueFor = visitor, OrderId = o.Id, DueAt = o.Next!.Value });
            await DueSet.Next.RunAsync(db, [.. later], cancel);
        }, cancel);

    /// <summary>Makes every confirmed order due: the visitor begins anew.</summary>
    public Task VisitAllAsync(DueFor visitor, Instant now, CancellationToken cancel = default) => db.InTransaction(
        () => db.Database.ExecuteSqlAsync(
            $"""
            insert into order_due (tenant_id, due_for, order_id, due_at)
            select tenant_id, {visitor.ToString()}, id, {now.Microseconds} from sales_order
            where tenant_id = {db.CurrentTenant.Value} and confirmed_at is not null
            on conflict (tenant_id, due_for, order_id) do update set due_at = excluded.due_at
            """, cancel),
        cancel);

    /// <summary>The chains of those of the orders that are there.</summary>
    public async Task<IReadOnlyDictionary<OrderId, (ProductId Product, IReadOnlyList<ChainMember> Chain)>> ChainsAsync(
        IReadOnlyList<OrderId> orders, CancellationToken cancel = default) =>
        (await db.Orders.Where(o => EF.Parameter(orders).Contains(o.Id)).Select(o => new { o.Id, o.ProductId, o.Chain }).ToListAsync(cancel))
        .ToDictionary(o => o.Id, o => (o.ProductId, _chains.Of(o.Chain)));

    /// <summary>The ids of the orders in whose chain the distributor stands: part of a query.</summary>
    public IQueryable<OrderId> OfTeam(DistributorId distributor) => db.Seats.Where(s => s.DistributorId == distributor).Select(s => s.OrderId);

    /// <summary>All confirmed orders, due or not: what a verification visits.</summary>
    public Task<IReadOnlyList<OrderToSettle>> AllAsync(int take, OrderId? after = null, CancellationToken cancel = default) =>
        ReadAsync(Confirmed(after).OrderBy(o => o.Id), take, cancel);

    /// <summary>Those of the orders that are confirmed.</summary>
    public Task<IReadOnlyList<OrderToSettle>> TheseAsync(IReadOnlyList<OrderId> ids, CancellationToken cancel = default) =>
        ReadAsync(Confirmed(null).Where(o => EF.Parameter(ids).Contains(o.Id)).OrderBy(o => o.Id), ids.Count, cancel);

    /// <summary>One order, or null where there is none or it was never confirmed.</summary>
    public async Task<OrderToSettle?> OneAsync(OrderId id, CancellationToken cancel = default) =>
        (await TheseAsync([id], cancel)).SingleOrDefault();

    /// <summary>The confirmed orders of one product and a span of time, by when they were placed: what a shadow run visits.</summary>
    public Task<IReadOnlyList<OrderToSettle>> OfProductAsync(
        ProductSpan span, int take, (Instant At, OrderId Id)? after = null, CancellationToken cancel = default)
    {
        var orders = Within(span);
        if (after is { } last)
        {
            var (at, rest) = (last.At, Within(span).Where(o => o.OrderedAt == last.At).After(o => o.Id, last.Id).Select(o => o.Id));
            orders = orders.Where(o => o.OrderedAt >= at && (o.OrderedAt > at || rest.Contains(o.Id)));     // the first is for the index
        }
        return ReadAsync(orders.OrderBy(o => o.OrderedAt).ThenBy(o => o.Id), take, cancel);
    }

    /// <summary>How many they are.</summary>
    public Task<int> CountOfProductAsync(ProductSpan span, CancellationToken cancel = default) => Within(span).CountAsync(cancel);

    private IQueryable<OrderRow> Within(ProductSpan span)
    {
        var (product, from, until, by) = (span.ProductId, span.From, span.Until, (Instant?)span.ConfirmedBy);
        return db.Orders.AsNoTracking().Where(o => o.ProductId == product && o.OrderedAt >= from && o.OrderedAt < until && o.ConfirmedAt <= by);
    }

    private IQueryable<OrderRow> Confirmed(OrderId? after) => db.Orders.AsNoTracking().Where(o => o.ConfirmedAt != null).After(o => o.Id, after);

    private async Task<IReadOnlyList<OrderToSettle>> ReadAsync(IOrderedQueryable<OrderRow> orders, int take, CancellationToken cancel)
    {
        var page = await db.ReadAsync(orders.Take(take).Select(o => new
        {
            o.Id, o.OrderNo, o.ProductId, o.UpstreamId, o.SchemeVersion, o.OrderedAt, o.Paid.Minor, o.Chain, o.FactCount,
        }), Order, cancel);
        var ids = page.ConvertAll(o => o.Id);
        var facts = (await db.ReadAsync(db.Facts.Where(f => EF.Parameter(ids).Contains(f.OrderId)).Select(f => new
        {
            f.OrderId, f.Id, f.Kind, f.At, f.RecordedAt, f.Amount.Minor, f.Attributes, f.OfFact, f.Source, f.SourceId,
        }), Fact, cancel)).ToLookup(f => f.OrderId);
        return page.ConvertAll(o => o with { Facts = FactReading.Facts(facts[o.Id]) });
    }

    private OrderToSettle Order(DbDataReader row) => new(
        OrderId.From(row.GetGuid(0)), row.GetString(1), ProductId.From(row.GetGuid(2)), UpstreamId.From(row.GetGuid(3)), row.GetInt32(4),
        new(row.GetInt64(5)), new(row.GetInt64(6)), _chains.Of(row.GetString(7)), [], row.GetInt32(8));

    private static FactRow Fact(DbDataReader row) => new()
    {
        OrderId = OrderId.From(row.GetGuid(0)),
        Id = FactId.From(row.GetGuid(1)),
        Kind = row.GetString(2),
        At = new(row.GetInt64(3)),
        RecordedAt = new(row.GetInt64(4)),
        Amount = new(row.GetInt64(5)),
        Attributes = row.GetString(6),
        OfFact = row.IsDBNull(7) ? null : FactId.From(row.GetGuid(7)),
        Source = row.GetString(8),
        SourceId = row.GetString(9),
    };
}
