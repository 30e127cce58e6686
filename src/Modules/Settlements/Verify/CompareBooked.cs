using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>What is booked with the lines: under each key it is their sum, and an order's figures are the sums of its own.</summary>
internal sealed class CompareBooked(Db db)
{
    private const int Chunk = 2_000;

    public async Task<List<Refusal>> FindAsync(CancellationToken cancel)
    {
        var findings = await CompareAsync([default], cancel);
        var known = new HashSet<OrderId> { default };
        var orders = await db.SettledOrders.AsNoTracking().OrderBy(o => o.OrderId).ToListAsync(cancel);
        foreach (var chunk in orders.Chunk(Chunk))
        {
            findings.AddRange(await CompareAsync([.. chunk.Select(o => o.OrderId)], cancel));
            findings.AddRange(await FiguresAsync(chunk, cancel));
            known.UnionWith(chunk.Select(o => o.OrderId));
        }
        var strays = (await db.Lines.Select(l => l.OrderId).Distinct().ToListAsync(cancel)).Where(id => !known.Contains(id));
        findings.AddRange(strays.Select(id => new Refusal("settlements.order_row_missing", id.Value)));
        return findings;
    }

    private async Task<List<Refusal>> CompareAsync(List<OrderId> orders, CancellationToken cancel)
    {
        var sums = new Dictionary<(OrderId Order, string Stage, string Instance, DistributorId Distributor, Role, State), Int128>();
        foreach (var line in await db.Lines.AsNoTracking().Where(l => EF.Parameter(orders).Contains(l.OrderId)).ToListAsync(cancel))
        {
            var key = (line.OrderId, line.Stage, line.Instance, line.DistributorId, line.Role, line.State);
            sums[key] = sums.GetValueOrDefault(key) + line.Amount.Minor;
        }
        foreach (var row in await db.Booked.AsNoTracking().Where(b => EF.Parameter(orders).Contains(b.OrderId)).ToListAsync(cancel))
        {
            var key = (row.OrderId, row.Stage, row.Instance, row.DistributorId, row.Role, row.State);
            sums[key] = sums.GetValueOrDefault(key) - row.Amount.Minor;
        }
        return [.. from sum in sums
                   where sum.Value != 0
                   let key = sum.Key
                   select new Refusal("settlements.booked_differs", key.Order.Value, key.Stage, key.Distributor.Value, Amount(sum.Value))];
    }

    private async Task<List<Refusal>> FiguresAsync(SettledOrderRow[] orders, CancellationToken cancel)
    {
        var ids = orders.Select(o => o.OrderId).ToList();
        var booked = await db.BookedOfAsync(ids, cancel);
        var stages = await db.StagesOfAsync(ids, cancel);
        return [.. from order in orders
                   let own = booked[order.OrderId].ToList()
                   where order.Pending.Minor != Sum(own, State.Pending) || order.Available.Minor != Sum(own, State.Available)
                       || order.Upstream.Minor != stages[order.OrderId].Aggregate((Int128)0, (sum, s) => sum + s.Upstream.Minor)
                   select new Refusal("settlements.figures_differ", order.OrderNo)];
    }

    private static Int128 Sum(List<BookedRow> rows, State state) =>
        rows.Where(r => r.State == state).Aggregate((Int128)0, (sum, r) => sum + r.Amount.Minor);

    private static object Amount(Int128 minor) =>
        minor >= long.MinValue && minor <= long.MaxValue ? new Money((long)minor) : minor;
}
