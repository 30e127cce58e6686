using System.Globalization;
using HaoSuan.Distributors;
using HaoSuan.Ledger;

namespace HaoSuan.Payouts;

/// <summary>
/// A distributor asks for money (提现申请). The account row of the available balance is locked, so that two requests at once
/// never spend the same fen; the same request key is the same request.
/// </summary>
public sealed class RequestPayout(
    Db db, Journal journal, PayoutPolicy policy, Tree tree, TenantScope tenant, Audit audit, Outbox outbox, TimeProvider time)
{
    public Task<Result<PayoutId>> RunAsync(DistributorId distributor, Money amount, string requestKey, CancellationToken cancel = default) =>
        db.InTransaction(() => DecideAsync(distributor, amount, requestKey, cancel), cancel);

    private async Task<Result<PayoutId>> DecideAsync(DistributorId distributor, Money amount, string requestKey, CancellationToken cancel)
    {
        var available = await journal.OwedForUpdateAsync(Accounts.Available(distributor), cancel);
        var same = await db.Payouts.Where(p => p.DistributorId == distributor && p.RequestKey == requestKey)
            .Select(p => (PayoutId?)p.Id).FirstOrDefaultAsync(cancel);
        if (same is { } known) return known;
        if (await tree.FindAsync(distributor, cancel) is { Frozen: true }) return new Refusal("payouts.frozen");
        var account = await db.PayoutAccounts.Where(a => a.DistributorId == distributor).OrderByDescending(a => a.CreatedAt).FirstOrDefaultAsync(cancel);
        if (account is null) return new Refusal("payouts.no_account").On("account");
        if (await db.Payouts.AnyAsync(p => p.DistributorId == distributor && p.IsOpen, cancel)) return new Refusal("payouts.one_at_a_time").On("amount");
        var refusals = policy.Check(amount, available, await PaidThisMonthAsync(distributor, cancel));
        if (refusals.Count > 0) return refusals;
        var payout = Requested(distributor, amount, requestKey, account);
        db.Add(payout);
        await journal.PostAsync(
            new Entry("payout-requested", $"payout-requested:{payout.Id.Value}", time.Now, payout.Number,
                [new(Accounts.Available(distributor), amount), new(Accounts.Paying(distributor), -amount)]),
            cancel);
        audit.Record("payout.requested", $"payout:{payout.Id.Value}", amount.ToString());
        outbox.Publish(new PayoutRequested(payout.Id, payout.Number, distributor, amount));
        return payout.Id;
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

    private async Task<Money> PaidThisMonthAsync(DistributorId distributor, CancellationToken cancel)
    {
        var first = tenant.Zone.StartOf(Month.Of(tenant.Zone.DateOf(time.Now)).First);
        var sum = await db.Payouts.Where(p => p.DistributorId == distributor && p.Status == PayoutStatus.Paid && p.EndedAt >= first)
            .SumAsync(p => p.Amount.Minor, cancel);
        return new(sum);
    }
}
