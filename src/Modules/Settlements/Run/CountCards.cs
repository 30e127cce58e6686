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
        var after = default(OrderId?);
        while (await PageAsync(after, cancel) is { Count: > 0 } page)
        {
            var chains = await orders.ChainsAsync(page.ConvertAll(o => o.OrderId), cancel);
            foreach (var row in page)
            {
                var (product, chain) = chains[row.OrderId];
                foreach (var card in coverage.Counted(Booked.Of(row).Stages, tenant.Zone)) counts.Add(product, chain, card, 1);
            }
            after = page[^1].OrderId;
        }
        return counts;
    }

    private Task<List<SettledOrderRow>> PageAsync(OrderId? after, CancellationToken cancel) =>
        db.SettledOrders.AsNoTracking().After(o => o.OrderId, after).OrderBy(o => o.OrderId).Take(Chunk).ToListAsync(cancel);

    private async Task RecountAsync(Coverage coverage, Instant asOf, CancellationToken cancel)
    {
        await db.BonusCoverage.ExecuteDeleteAsync(cancel);
        db.Add(new BonusCoverageRow { Bonuses = coverage.Bonuses });
        await db.BonusCards.ExecuteDeleteAsync(cancel);
        await AddAsync(await CountAsync(coverage, cancel), asOf, cancel);
    }
}
