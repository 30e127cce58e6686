using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>The target of a month's bonuses, from the cards that are counted as orders are settled.</summary>
internal sealed class BonusTargets(Db db, TenantScope tenant, Schemes schemes, Products products)
{
    public async Task<List<Line>> OfAsync(Month month, Instant asOf, CancellationToken cancel)
    {
        List<Line> lines = [];
        foreach (var bonus in (await schemes.BonusesAsync(cancel)).Where(b => b.Covers(month)).Select(b => b.Bonus))
        {
            foreach (var (distributor, cards) in await CardsAsync(bonus, month, cancel))
            {
                if (bonus.LineFor(OrderToSettle.Name(distributor), month, cards, tenant.Zone, asOf) is { } line) lines.Add(line);
            }
        }
        return lines;
    }

    /// <summary>The cards that count for the bonus in that month.</summary>
    public async Task<Dictionary<DistributorId, int>> CardsAsync(Bonus bonus, Month month, CancellationToken cancel)
    {
        var cards = db.BonusCards.Where(c => c.Month == month && c.Stage == bonus.Stage);
        if (bonus.Products is { } codes)
        {
            var ids = (await products.AllAsync(cancel)).Where(p => codes.Contains(p.Code)).Select(p => p.Id).ToList();
            cards = cards.Where(c => ids.Contains(c.ProductId));
        }
        return await cards.GroupBy(c => c.DistributorId).Select(g => new
        {
            g.Key,
            Cards = g.Sum(c => bonus.Scope == Scope.Team ? c.Team : c.Own),
        }).ToDictionaryAsync(c => c.Key, c => c.Cards, cancel);
    }
}
