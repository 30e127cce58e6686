using HaoSuan.Catalog;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>The target of a month's bonuses: cards counted from the settled orders.</summary>
internal sealed class BonusTargets(Db db, TenantScope tenant, Schemes schemes, Products products)
{
    public async Task<List<Line>> OfAsync(Month month, Instant asOf, CancellationToken cancel)
    {
        List<Line> lines = [];
        foreach (var bonus in (await schemes.BonusesAsync(cancel)).Where(b => b.Covers(month)).Select(b => b.Bonus))
        {
            foreach (var (distributor, cards) in await CountAsync(bonus, month, cancel))
            {
                if (bonus.LineFor(Evaluation.Name(distributor), month, cards, tenant.Zone, asOf) is { } line) lines.Add(line);
            }
        }
        return lines;
    }

    private async Task<Dictionary<DistributorId, int>> CountAsync(Bonus bonus, Month month, CancellationToken cancel)
    {
        var orders = await OrdersAsync(bonus, cancel);
        var cards = from stage in db.Stages
                    where stage.Month == month && stage.Stage == bonus.Stage && stage.Counts
                    join order in orders on stage.OrderId equals order.OrderId
                    join seat in db.Seats on stage.OrderId equals seat.OrderId
                    where bonus.Scope == Scope.Team || seat.IsSeller
                    group seat by seat.DistributorId into own
                    select new { own.Key, Cards = own.Count() };
        return await cards.ToDictionaryAsync(c => c.Key, c => c.Cards, cancel);
    }

    private async Task<IQueryable<SettledOrderRow>> OrdersAsync(Bonus bonus, CancellationToken cancel)
    {
        if (bonus.Products is not { } codes) return db.SettledOrders;
        var ids = (await products.AllAsync(cancel)).Where(p => codes.Contains(p.Code)).Select(p => p.Id).ToList();
        return db.SettledOrders.Where(o => ids.Contains(o.ProductId));
    }
}
