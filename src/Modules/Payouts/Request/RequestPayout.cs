using System.Globalization;
using HaoSuan.Distributors;
using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>
/// A distributor asks for money (提现申请). The account row of the available balance is locked, so that two requests at once
/// never spend the same fen; the same request key is the same request. The fee is fixed here: it is the one that he has seen.
/// </summary>
public sealed class RequestPayout(
    Db db, Journal journal, PayoutPolicies policies, GatherFacts facts, Tree tree, TenantScope tenant, Audit audit, Outbox outbox, TimeProvider time)
{
    /// <summary>The payout, or the first of those that a large request becomes.</summary>
    public Task<Result<PayoutId>> RunAsync(DistributorId distributor, Money amount, string requestKey, CancellationToken cancel = default) =>
        db.InTransaction(() => DecideAsync(distributor, amount, requestKey, cancel), cancel);

    private async Task<Result<PayoutId>> DecideAsync(DistributorId distributor, Money amount, string requestKey, CancellationToken cancel)
    {
        var available = await journal.OwedForUpdateAsync(Accounts.Available(distributor), cancel);
        var same = await db.Payouts.Where(p => p.DistributorId == distributor && p.RequestKey == requestKey)
            .Select(p => (PayoutId?)p.Id).FirstOrDefaultAsync(cancel);
        if (same is { } known) return known;
        if (await tree.FindAsync(distributor, cancel) is { Frozen: true }) return new Refusal("payouts.frozen");
        if (await db.AccountOfAsync(distributor, cancel) is not { } account) return new Refusal("payouts.no_account").On("account");
        var policy = await policies.InForceAsync(account.Method, cancel);
        var refusals = policy.Check(amount, await facts.RunAsync(distributor, account.Method, available, cancel));
        if (refusals.Count > 0) return refusals;
        PayoutId? first = null;
        foreach (var (index, part) in policy.PartsOf(amount).Index())
        {
            var payout = Requested(distributor, part, index == 0 ? requestKey : $"{requestKey}#{index + 1}", account);
            (payout.Asked, payout.Fee, payout.NeedsSecond) = (amount, policy.FeeOf(part), policy.NeedsSecond(amount));
            await KeepAsync(payout, cancel);
            first ??= payout.Id;
        }
        return first!.Value;        // there is at least one part
    }

    private async Task KeepAsync(PayoutRow payout, CancellationToken cancel)
    {
        db.Add(payout);
        await journal.PostAsync(payout.TakeFromBalance(time.Now), cancel);
        audit.Record("payout.requested", $"payout:{payout.Id.Value}", payout.Amount.ToString());
        outbox.Publish(new PayoutRequested(payout.Id, payout.Number, payout.DistributorId, payout.Amount));
    }

    private PayoutRow Requested(DistributorId distributor, Money amount, string requestKey, PayoutAccountRow account)
    {
        var id = NewId.Of<PayoutId>(time);
        var date = tenant.Zone.DateOf(time.Now);
        return new()
        {
            Id = id,
            Number = string.Create(CultureInfo.InvariantCulture, $"PO{date:yyMMdd}{id.Value.ToString("N")[^12..].ToUpperInvariant()}"),
            DistributorId = distributor,
            AccountId = account.Id,
            Method = account.Method,
            Amount = amount,
            IsOpen = true,
            RequestKey = requestKey,
            RequestedAt = time.Now,
        };
    }
}
