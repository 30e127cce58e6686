using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>Tells a distributor what he can ask for, and what would arrive of an amount.</summary>
public sealed class PreviewPayout(Db db, Journal journal, PayoutPolicies policies, GatherFacts gather, PayoutTax taxes, TenantScope tenant, TimeProvider time)
{
    /// <summary>The policy that holds for the distributor, and the most that he can ask for now. Null: he has no account yet.</summary>
    public async Task<(PayoutPolicy Policy, RequestFacts Facts)?> RulesAsync(DistributorId distributor, CancellationToken cancel = default)
    {
        if (await db.AccountOfAsync(distributor, cancel) is not { } account) return null;
        var available = await journal.OwedAsync(Accounts.Available(distributor), cancel);
        return (await policies.InForceAsync(account.Method, cancel), await gather.RunAsync(distributor, account.Method, available, cancel));
    }

    public async Task<PayoutPreview?> RunAsync(DistributorId distributor, Money amount, CancellationToken cancel = default)
    {
        if (await RulesAsync(distributor, cancel) is not var (policy, facts)) return null;
        var against = policy.Check(amount, facts);
        if (amount <= Money.Zero) return new(amount, [amount], Money.Zero, Money.Zero, against);
        var parts = policy.PartsOf(amount);
        var fee = parts.Aggregate(Money.Zero, (sum, part) => sum + policy.FeeOf(part));
        var withheld = await taxes.WithholdAsync(distributor, amount, Month.Of(tenant.Zone.DateOf(time.Now)), null, cancel);
        return new(amount, parts, Money.Min(fee, amount - withheld.Tax), withheld.Tax, against);
    }
}
