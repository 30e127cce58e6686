using HaoSuan.Catalog;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>A distributor's lines (佣金明细) as people read them: what passes from pending to available is one line.</summary>
public sealed class CommissionLines(Db db, Schemes schemes)
{
    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<CommissionLine>> OfAsync(
        DistributorId distributor, int skip, int take, CancellationToken cancel = default)
    {
        var rows = await Grouped(db.Lines.Where(l => l.DistributorId == distributor))
            .OrderByDescending(g => g.Number).ThenBy(g => g.Stage).ThenBy(g => g.Instance).ThenBy(g => g.Role)
            .Skip(skip).Take(take).ToListAsync(cancel);
        return await NamedAsync(rows, cancel);
    }

    public Task<int> CountAsync(DistributorId distributor, CancellationToken cancel = default) =>
        Grouped(db.Lines.Where(l => l.DistributorId == distributor)).CountAsync(cancel);

    /// <summary>What the distributor's lines since an instant come to.</summary>
    public async Task<Money> SumSinceAsync(DistributorId distributor, Instant since, CancellationToken cancel = default) =>
        new(await db.Lines.Where(l => l.DistributorId == distributor && l.AsOf >= since).SumAsync(l => l.Amount.Minor, cancel));

    /// <summary>A distributor's lines of these entries, in the order of the books.</summary>
    internal async Task<IReadOnlyList<CommissionLine>> OfEntriesAsync(
        DistributorId distributor, long first, long last, CancellationToken cancel)
    {
        var rows = await Grouped(db.Lines.Where(l => l.DistributorId == distributor && l.EntryNumber >= first && l.EntryNumber <= last))
            .OrderBy(g => g.Number).ThenBy(g => g.Stage).ThenBy(g => g.Instance).ThenBy(g => g.Role).ToListAsync(cancel);
        return await NamedAsync(rows, cancel);
    }

    private static IQueryable<Group> Grouped(IQueryable<LineRow> lines) => lines
        .GroupBy(l => new { l.EntryNumber, l.AsOf, l.OrderId, l.Stage, l.Instance, l.Role })
        .Select(g => new Group
        {
            Number = g.Key.EntryNumber,
            AsOf = g.Key.AsOf,
            OrderId = g.Key.OrderId,
            Stage = g.Key.Stage,
            Instance = g.Key.Instance,
            Role = g.Key.Role,
            Amount = g.Sum(l => l.Amount.Minor),
            Released = g.Sum(l => l.State == State.Available ? l.Amount.Minor : 0),
        });

    private async Task<IReadOnlyList<CommissionLine>> NamedAsync(List<Group> rows, CancellationToken cancel)
    {
        var ids = rows.Select(r => r.OrderId).Distinct().ToList();
        var orders = await db.SettledOrders.Where(o => EF.Parameter(ids).Contains(o.OrderId))
            .Select(o => new { o.OrderId, o.OrderNo, o.ProductId, o.SchemeVersion }).ToDictionaryAsync(o => o.OrderId, cancel);
        List<CommissionLine> lines = [];
        foreach (var row in rows)
        {
            var order = orders.GetValueOrDefault(row.OrderId);
            var scheme = order is null ? null : (await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel)).Scheme;
            lines.Add(new(row.Number, row.AsOf, order?.OrderId, order?.OrderNo ?? "", NameOf(row.Stage, scheme),
                row.Instance, row.Role, new(row.Amount), new(row.Released)));
        }
        return lines;
    }

    private static string NameOf(string key, Scheme? scheme) =>
        key == "clawback" ? "扣回" : scheme?.Stages.FirstOrDefault(s => s.Key == key)?.Name ?? key;

    private sealed class Group
    {
        public long Number { get; init; }
        public Instant AsOf { get; init; }
        public OrderId OrderId { get; init; }
        public required string Stage { get; init; }
        public required string Instance { get; init; }
        public Role Role { get; init; }
        public long Amount { get; init; }
        public long Released { get; init; }
    }
}
