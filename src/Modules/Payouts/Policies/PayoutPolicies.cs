namespace HaoSuan.Payouts;

/// <summary>The policies of payouts (提现规则), each way's own, with dates. One that was set is never changed: the next one takes its place.</summary>
public sealed class PayoutPolicies(Db db, TenantScope tenant, Actor actor, Audit audit, TimeProvider time)
{
    private const int LongestCoolDown = 366;

    /// <summary>What holds today for a way of being paid.</summary>
    public async Task<PayoutPolicy> InForceAsync(PayoutMethod method, CancellationToken cancel = default)
    {
        var today = tenant.Zone.DateOf(time.Now);
        var row = await db.PayoutPolicies.AsNoTracking().Where(p => p.Method == method && p.ValidFrom <= today)
            .OrderByDescending(p => p.ValidFrom).ThenByDescending(p => p.Number).FirstOrDefaultAsync(cancel);
        return row?.ToPolicy() ?? PayoutPolicy.Default;
    }

    /// <summary>What holds today for a distributor, by the way that it has chosen.</summary>
    public async Task<PayoutPolicy> OfAsync(DistributorId distributor, CancellationToken cancel = default) =>
        await db.AccountOfAsync(distributor, cancel) is { } account ? await InForceAsync(account.Method, cancel) : PayoutPolicy.Default;

    /// <summary>All that were set, the newest first.</summary>
    public async Task<IReadOnlyList<PolicyVersion>> AllAsync(CancellationToken cancel = default) =>
        [.. (await db.PayoutPolicies.AsNoTracking().OrderByDescending(p => p.SetAt).ThenByDescending(p => p.Number).ToListAsync(cancel))
            .Select(p => new PolicyVersion(p.Method, p.Number, p.ValidFrom, p.ToPolicy(), p.SetAt, p.SetBy))];

    /// <summary>Sets what holds from a day on, today at the earliest. Of two for one day the later one holds.</summary>
    public Task<Result<Done>> SetAsync(PayoutMethod method, DateOnly from, PayoutPolicy policy, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var refusals = Check(policy);
            if (from < tenant.Zone.DateOf(time.Now)) refusals.Add(new Refusal("payouts.policy_past").On("from"));
            if (refusals.Count > 0) return refusals;
            var last = await db.PayoutPolicies.Where(p => p.Method == method).MaxAsync(p => (int?)p.Number, cancel) ?? 0;
            db.Add(PayoutPolicyRow.Of(method, last + 1, from, policy, time.Now, actor.Name));
            audit.Record("payout.policy_set", $"payout_policy:{method}:{last + 1}", $"from {from:yyyy-MM-dd}");
            await db.SaveOrRunAgainAsync(cancel);
            return default(Done);
        }, cancel);

    private static List<Refusal> Check(PayoutPolicy policy)
    {
        List<Refusal> refusals = [];
        foreach (var (name, amount) in new[]
        {
            ("least", policy.Least), ("most", policy.Most), ("most_per_month", policy.MostPerMonth), ("fee_least", policy.FeeLeast),
            ("fee_most", policy.FeeMost), ("deposit", policy.Deposit), ("second_from", policy.SecondFrom),
        })
        {
            if (amount < Money.Zero) refusals.Add(new Refusal("payouts.policy_negative").On(name));
        }
        if (policy.Most > Money.Zero && policy.Most < policy.Least) refusals.Add(new Refusal("payouts.policy_most_below_least").On("most"));
        if (policy.MostPerMonth > Money.Zero && policy.MostPerMonth < policy.Least)
            refusals.Add(new Refusal("payouts.policy_most_below_least").On("most_per_month"));
        if (policy.FeeMost > Money.Zero && policy.FeeMost < policy.FeeLeast) refusals.Add(new Refusal("payouts.policy_fee_most").On("fee_most"));
        if (policy.FeeRate.Value is < 0 or > 5_000) refusals.Add(new Refusal("payouts.policy_rate").On("fee_rate"));
        if (policy.Splits && policy.Most.IsZero) refusals.Add(new Refusal("payouts.policy_splits").On("most"));
        if (policy.CoolDownDays is < 0 or > LongestCoolDown) refusals.Add(new Refusal("payouts.policy_days", LongestCoolDown).On("cool_down_days"));
        return refusals;
    }
}
