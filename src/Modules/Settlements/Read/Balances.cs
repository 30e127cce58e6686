using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>What distributors are owed, as the ledger has it, and when what is pending becomes available.</summary>
public sealed class Balances(Db db, Books books, TenantScope tenant)
{
    public async Task<DistributorBalance> OfAsync(DistributorId distributor, CancellationToken cancel = default)
    {
        var balances = (await books.BalancesAsync($"liability:distributor:{distributor.Value}:", cancel))
            .ToDictionary(b => b.Account, b => -b.Balance);
        return new(
            balances.GetValueOrDefault(Accounts.Pending(distributor)),
            balances.GetValueOrDefault(Accounts.Available(distributor)),
            balances.GetValueOrDefault(Accounts.Paying(distributor)));
    }

    /// <summary>The payout calendar: day by day, what is not known yet at the end.</summary>
    public async Task<IReadOnlyList<ReleaseDay>> ReleasesAsync(DistributorId distributor, CancellationToken cancel = default)
    {
        var pending = await db.Booked.Where(b => b.DistributorId == distributor && b.State == Settling.State.Pending)
            .Select(b => new { b.ReleasesAt, b.OrderId, b.Amount.Minor }).ToListAsync(cancel);
        return [.. pending.GroupBy(b => b.ReleasesAt is { } at ? tenant.Zone.DateOf(at) : (DateOnly?)null)
            .Select(g => new ReleaseDay(g.Key, new(g.Sum(b => b.Minor)), g.Select(b => b.OrderId).Distinct().Count()))
            .OrderBy(d => d.Date is null).ThenBy(d => d.Date)];
    }
}
