using HaoSuan.Distributors;
using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>Who is paid nothing for now, whatever was approved before.</summary>
public sealed class Holds(Tree tree, Journal journal)
{
    public async Task<Hold?> OfAsync(DistributorId distributor, CancellationToken cancel = default)
    {
        if (await tree.FindAsync(distributor, cancel) is { Frozen: true }) return Hold.Frozen;
        return await journal.OwedAsync(Accounts.Available(distributor), cancel) < Money.Zero ? Hold.Debt : null;
    }

    /// <summary>The same for many: those that are held, and why.</summary>
    public async Task<IReadOnlyDictionary<DistributorId, Hold>> OfAsync(IEnumerable<DistributorId> distributors, CancellationToken cancel = default)
    {
        Dictionary<DistributorId, Hold> held = [];
        foreach (var distributor in distributors.Distinct())
        {
            if (await OfAsync(distributor, cancel) is { } hold) held[distributor] = hold;
        }
        return held;
    }
}
