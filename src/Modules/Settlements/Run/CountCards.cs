using HaoSuan.Catalog;
using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>Keeps the counts of cards complete: when a bonus was published that was not counted for so far, everything is counted anew.</summary>
internal sealed class CountCards(Db db, TenantScope tenant, Schemes schemes, OrdersToSettle orders)
{
    private const int Chunk = 2_000;

    /// <summary>What has to be counted from now on, with everything settled so far counted.</summary>
    public Task<Coverage> CoverageAsync(Instant asOf, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var asked = new Coverage(await schemes.BonusesAsync(cancel));
        var counted = await db.BonusCoverage.AsNoTracking().Select(c => c.Bonuses).SingleOrDefaultAsync(cancel);
        if ((counted ?? "") != asked.Bonuses) await RecountAsync(asked, asOf, cancel);
        return asked;
    }, cancel);

    /// <summary>Adds changed counts. A month's bonuses are earned when it is over: until then they wait.</summary>
    public async Task AddAsync(CardCounts changes, Instant asOf, CancellationToken cancel)
    {
        var rows = changes.Rows();
        await Bulk.BonusCards.RunAsync(db, rows, cancel);
        await Bulk.BonusMonths.RunAsync(db, [.. rows.Select(c => c.Month).Distinct().Order().Select(month => new BonusMonthRow
        {
            Month = month,
            NextDueAt = Instant.Max(asOf, tenant.Zone.StartOf((month + 1).First)),
            AsOf = Instant.MinValue,
            SettleCount = 0,
        })], cancel);
    }

    /// <summary>Counts the cards of everything that is settled.</summary>
    public async Task<CardCounts> CountAsync(Coverage coverage, CancellationToken cancel)
    {
        var counts = new CardCounts();
        var page = await orders.AllAsync(Chunk, null, cancel);
        for (; page.Count > 0; page = await orders.AllAsync(Chunk, page[^1].Id, cancel))
        {
            var ids = page.Select(o => o.Id).ToList();
            var rows = await db.SettledOrders.AsNoTracking().Where(o => EF.Parameter(ids).Contains(o.OrderId)).ToDictionaryAsync(o => o.OrderId, cancel);
            foreach (var order in page.Where(o => rows.ContainsKey(o.Id)))
            {
                foreach (var card in coverage.Counted(Booked.Of(rows[order.Id]).Stages, tenant.Zone)) counts.Add(order, card, 1);
            }
        }
        return counts;
    }

    private async Task RecountAsync(Coverage coverage, Instant asOf, CancellationToken cancel)
    {
        await db.BonusCoverage.ExecuteDeleteAsync(cancel);
        db.Add(new BonusCoverageRow { Bonuses = coverage.Bonuses });
        await db.BonusCards.ExecuteDeleteAsync(cancel);
        await AddAsync(await CountAsync(coverage, cancel), asOf, cancel);
    }
}
