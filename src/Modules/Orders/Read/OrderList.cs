using System.Text.Json;
using HaoSuan.Inventory;

namespace HaoSuan.Orders;

/// <summary>Orders as people look at them: personal data is masked, newest first.</summary>
public sealed class OrderList(Db db, Vault vault, TenantScope tenant)
{
    private const int IdsOfQuery = 500;

    /// <summary>All orders of the operator.</summary>
    public Task<IReadOnlyList<OrderSummary>> AllAsync(OrderFilter filter, int skip, int take, CancellationToken cancel = default) =>
        PageAsync(Filtered(db.Orders, filter), skip, take, cancel);

    public Task<int> CountAsync(OrderFilter filter, CancellationToken cancel = default) => Filtered(db.Orders, filter).CountAsync(cancel);

    /// <summary>The orders whose chain the distributor stands in: its own and its team's.</summary>
    public Task<IReadOnlyList<OrderSummary>> OfTeamAsync(
        DistributorId distributor, OrderFilter filter, int skip, int take, CancellationToken cancel = default) =>
        PageAsync(Filtered(Team(distributor), filter), skip, take, cancel);

    public Task<int> CountOfTeamAsync(DistributorId distributor, OrderFilter filter, CancellationToken cancel = default) =>
        Filtered(Team(distributor), filter).CountAsync(cancel);

    /// <summary>One order; for a distributor only where it stands in the chain.</summary>
    public async Task<OrderDetail?> FindAsync(OrderId id, DistributorId? of = null, CancellationToken cancel = default)
    {
        var orders = of is { } distributor ? Team(distributor) : db.Orders;
        if (await orders.AsNoTracking().FirstOrDefaultAsync(o => o.Id == id, cancel) is not { } order) return null;
        var masked = await vault.MaskedAsync([order.NameId, order.PhoneId, order.IdNumberId, order.AddressId], cancel);
        var facts = await db.Facts.AsNoTracking().Where(f => f.OrderId == id).ToListAsync(cancel);
        return new(
            Summary(order, masked), order.SchemeVersion, ChainText.Read(order.Chain), masked[order.IdNumberId], masked[order.AddressId],
            [.. facts.OrderBy(f => f.At).ThenBy(f => f.RecordedAt).ThenBy(f => f.Id.Value).Select(FactReading.Recorded)],
            order.NumberTerms is { } terms ? JsonSerializer.Deserialize<PinnedTerms>(terms, Json.Options) : null);
    }

    /// <summary>The order of that token: what its consumer may see.</summary>
    public async Task<OrderDetail?> FindByTokenAsync(string token, CancellationToken cancel = default) =>
        await db.Orders.Where(o => o.Token == token).Select(o => (OrderId?)o.Id).FirstOrDefaultAsync(cancel) is { } id
            ? await FindAsync(id, cancel: cancel)
            : null;

    public async Task<OrderId?> FindByNoAsync(string orderNo, CancellationToken cancel = default) =>
        await db.Orders.Where(o => o.OrderNo == orderNo).Select(o => (OrderId?)o.Id).FirstOrDefaultAsync(cancel);

    /// <summary>What an upstream's sheet may name its orders by: those placed in [from, until).</summary>
    public async Task<IReadOnlyList<OrderIdentity>> IdentitiesAsync(
        UpstreamId upstream, Instant from, Instant until, CancellationToken cancel = default) =>
        await db.Orders.Where(o => o.UpstreamId == upstream && o.OrderedAt >= from && o.OrderedAt < until).OrderBy(o => o.Id)
            .Select(o => new OrderIdentity(o.Id, o.OrderNo, o.ProductId, o.Number, o.Iccid, o.OrderedAt)).ToListAsync(cancel);

    /// <summary>What an upstream's sheet may name these orders by, with the instant of their activation.</summary>
    public async Task<IReadOnlyList<OrderIdentity>> IdentitiesAsync(IReadOnlyCollection<OrderId> orders, CancellationToken cancel = default)
    {
        List<OrderIdentity> identities = new(orders.Count);
        var facts = db.Facts;
        foreach (var chunk in orders.Chunk(IdsOfQuery))
        {
            var activated = await facts.Where(f => chunk.Contains(f.OrderId) && f.Kind == "activated")
                .Where(f => !facts.Any(v => v.OrderId == f.OrderId && v.OfFact == f.Id))
                .Select(f => new { f.OrderId, f.At }).ToListAsync(cancel);
            var first = activated.GroupBy(f => f.OrderId).ToDictionary(g => g.Key, g => g.Min(f => f.At));
            var rows = await db.Orders.Where(o => chunk.Contains(o.Id))
                .Select(o => new OrderIdentity(o.Id, o.OrderNo, o.ProductId, o.Number, o.Iccid, o.OrderedAt, null)).ToListAsync(cancel);
            identities.AddRange(rows.Select(o => first.TryGetValue(o.Id, out var at) ? o with { ActivatedAt = at } : o));
        }
        return identities;
    }

    private IQueryable<OrderRow> Team(DistributorId distributor)
    {
        var seats = db.Seats;
        return db.Orders.Where(o => seats.Any(s => s.DistributorId == distributor && s.OrderId == o.Id));
    }

    private IQueryable<OrderRow> Filtered(IQueryable<OrderRow> orders, OrderFilter filter)
    {
        if (filter.State is { } state) orders = orders.Where(o => o.State == state);
        if (filter.Product is { } product) orders = orders.Where(o => o.ProductId == product);
        if (filter.Seller is { } seller) orders = orders.Where(o => o.Seller == seller);
        if (filter.From is { } from)
        {
            var first = tenant.Zone.StartOf(from);
            orders = orders.Where(o => o.OrderedAt >= first);
        }
        if (filter.To is { } to)
        {
            var end = tenant.Zone.StartOf(to.AddDays(1));
            orders = orders.Where(o => o.OrderedAt < end);
        }
        var text = filter.Text?.Trim();
        if (string.IsNullOrEmpty(text)) return orders;
        var replaced = db.AfterSales.Where(a => a.OldIccid == text);
        return orders.Where(o => o.OrderNo == text || o.Number == text || o.Iccid == text || replaced.Any(a => a.OrderId == o.Id));
    }

    private async Task<IReadOnlyList<OrderSummary>> PageAsync(IQueryable<OrderRow> orders, int skip, int take, CancellationToken cancel)
    {
        var page = await orders.AsNoTracking().OrderByDescending(o => o.OrderedAt).ThenByDescending(o => o.Id)
            .Skip(skip).Take(take).ToListAsync(cancel);
        var masked = await vault.MaskedAsync([.. page.SelectMany(o => new[] { o.NameId, o.PhoneId })], cancel);
        return [.. page.Select(o => Summary(o, masked))];
    }

    private static OrderSummary Summary(OrderRow o, IReadOnlyDictionary<SecretId, string> masked) => new(
        o.Id, o.OrderNo, o.ProductId, o.UpstreamId, o.Seller, o.OrderedAt, o.Price, o.Paid, o.State, o.Network, o.Number, o.Iccid,
        masked[o.NameId], masked[o.PhoneId]);
}
