using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>What distributors are owed, as the ledger has it, and when what is pending becomes available.</summary>
public sealed class Balances(Db db, Books books, OrdersToSettle orders, TenantScope tenant)
{
    public async Task<DistributorBalance> OfAsync(DistributorId distributor, CancellationToken cancel = default)
    {
        var balances = (await books.BalancesAsync($"{Accounts.Distributors}{distributor.Value}:", cancel))
            .ToDictionary(b => b.Account, b => -b.Balance);
        return new(
            balances.GetValueOrDefault(Accounts.Pending(distributor)),
            balances.GetValueOrDefault(Accounts.Available(distributor)),
            balances.GetValueOrDefault(Accounts.Paying(distributor)));
    }

    /// <summary>The payout calendar: day by day, what is not known yet at the end.</summary>
    public async Task<IReadOnlyList<ReleaseDay>> ReleasesAsync(DistributorId distributor, CancellationToken cancel = default) =>
        [.. (await PendingAsync(distributor, cancel))
            .GroupBy(line => line.ReleasesAt is { } at ? tenant.Zone.DateOf(at) : (DateOnly?)null)
            .Select(g => new ReleaseDay(g.Key, SettlementStates.Sum(g, State.Pending), g.Select(line => line.Key.Order).Distinct().Count()))
            .OrderBy(d => d.Date is null).ThenBy(d => d.Date)];

    private async Task<List<Line>> PendingAsync(DistributorId distributor, CancellationToken cancel)
    {
        var team = orders.OfTeam(distributor);
        var rows = await db.SettledOrders.Where(o => o.State == SettlementState.Pending && team.Contains(o.OrderId))
            .Select(o => new { o.OrderId, o.Booked }).ToListAsync(cancel);
        var name = OrderToSettle.Name(distributor);
        var bonuses = await db.BonusLines.AsNoTracking().Where(b => b.DistributorId == distributor).ToListAsync(cancel);
        return [.. rows.SelectMany(r => BookedBytes.Read(r.Booked, r.OrderId).Lines).Concat(bonuses.Select(b => b.ToLine()))
            .Where(line => line.Key.State == State.Pending && line.Key.Distributor == name)];
    }
}
