using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>Writes what settling has come to. Callers hold the rows that they write for.</summary>
internal sealed class WriteSettlements(Db db, TenantScope tenant)
{
    /// <summary>The orders as they stand afterwards. What is booked is the target: rows are replaced whole.</summary>
    public async Task OrdersAsync(IReadOnlyList<Settlement> settlements, Instant asOf, CancellationToken cancel)
    {
        var ids = settlements.Select(s => s.Order.Id).ToList();
        await db.Booked.Where(b => EF.Parameter(ids).Contains(b.OrderId)).ExecuteDeleteAsync(cancel);
        await Bulk.Booked.RunAsync(db, [.. settlements.SelectMany(s => s.Target).Select(LineRows.ToBooked)], cancel);
        await db.Stages.Where(s => EF.Parameter(ids).Contains(s.OrderId)).ExecuteDeleteAsync(cancel);
        await Bulk.Stages.RunAsync(db, [.. settlements.SelectMany(s => s.Stages)], cancel);
        await Bulk.Seats.RunAsync(db, [.. settlements.SelectMany(s => SeatsOf(s.Order))], cancel);
        await Bulk.Orders.RunAsync(db, [.. settlements.Select(s => s.Row)], cancel);
        await TouchAsync(settlements.SelectMany(s => s.TouchedMonths), asOf, cancel);
    }

    public Task LinesAsync(
        RunId run, Instant asOf, IEnumerable<(long Number, IReadOnlyList<Delta> Deltas)> posted, CancellationToken cancel) =>
        Bulk.Lines.RunAsync(db, [.. from entry in posted
                                    from delta in entry.Deltas.Index()
                                    select LineRows.ToLine(delta.Item, entry.Number, delta.Index + 1, run, asOf)], cancel);

    public Task AddToRunAsync(RunId run, Figures more, CancellationToken cancel) =>
        db.Runs.Where(r => r.Id == run).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Orders, r => r.Orders + more.Orders)
            .SetProperty(r => r.Refused, r => r.Refused + more.Refused)
            .SetProperty(r => r.Entries, r => r.Entries + more.Entries)
            .SetProperty(r => r.Sales.Minor, r => r.Sales.Minor + more.Sales.Minor)
            .SetProperty(r => r.Upstream.Minor, r => r.Upstream.Minor + more.Upstream.Minor)
            .SetProperty(r => r.Commission.Minor, r => r.Commission.Minor + more.Commission.Minor), cancel);

    // A month's bonuses are earned when it is over: until then changed cards wait for that.
    private Task TouchAsync(IEnumerable<Month> months, Instant asOf, CancellationToken cancel) =>
        Bulk.BonusMonths.RunAsync(db, [.. months.Distinct().Order().Select(month => new BonusMonthRow
        {
            Month = month,
            NextDueAt = Instant.Max(asOf, tenant.Zone.StartOf((month + 1).First)),
            AsOf = Instant.MinValue,
            SettleCount = 0,
        })], cancel);

    private static IEnumerable<SettledSeatRow> SeatsOf(OrderToSettle order) => order.Chain.Select((member, i) => new SettledSeatRow
    {
        OrderId = order.Id,
        Position = i,
        DistributorId = member.Id,
        IsSeller = i == order.Chain.Count - 1,
    });
}

/// <summary>What a batch adds to its run.</summary>
internal sealed record Figures(int Orders, int Refused, int Entries, Money Sales, Money Upstream, Money Commission);
