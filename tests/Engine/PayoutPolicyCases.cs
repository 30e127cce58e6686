using HaoSuan.Ledger;
using HaoSuan.Payouts;

namespace HaoSuan.Tests.Engine;

public sealed class Payout_policies_on_sqlite(SqliteDatabases engine) : PayoutPolicyCases(engine);

public sealed class Payout_policies_on_postgres(PostgresDatabases engine) : PayoutPolicyCases(engine);

public abstract class PayoutPolicyCases(Databases engine) : PayoutTest(engine)
{
    [Fact]
    public async Task A_policy_holds_for_its_way_from_its_day_on()
    {
        await With<PayoutPolicies, Result<Done>>(p => p.SetAsync(PayoutMethod.Bank, new(2026, 3, 5), PayoutPolicy.Default with { Least = new(50_00) }, Cancel));
        await Earn(100_00);

        Assert.Equal(new Money(10_00), (await Policy(PayoutMethod.Bank)).Least);
        Time.Advance(TimeSpan.FromDays(4));
        Assert.Equal((new Money(50_00), new Money(10_00)), ((await Policy(PayoutMethod.Bank)).Least, (await Policy(PayoutMethod.Alipay)).Least));
        Assert.Equal("payouts.below_least", (await Request(49_99)).Refusals[0].Code);
        var past = await With<PayoutPolicies, Result<Done>>(p => p.SetAsync(PayoutMethod.Bank, new(2026, 3, 4), PayoutPolicy.Default, Cancel));
        Assert.Equal("payouts.policy_past", past.Refusals[0].Code);
    }

    [Fact]
    public async Task The_fee_is_that_of_the_request_whatever_is_set_later()
    {
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { FeeRate = new(600), FeeLeast = new(1_00), FeeMost = new(10_00) });
        await Earn(200_00);
        var id = (await Request(200_00)).Value;
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { FeeRate = new(2_000) });
        await Approve(id);
        await Export(await Batch(PayoutMethod.Bank));
        await Confirm(id, paid: true, "B1");

        Assert.Equal((new Money(10_00), new Money(190_00)), ((await Find(id)).Fee, (await Find(id)).Net));
        Assert.Equal(new Money(10_00), await Owed(Accounts.PayoutFee));
    }

    [Fact]
    public async Task W07_a_large_request_becomes_payments_that_are_small_enough()
    {
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { Most = new(50_000_00), Splits = true, FeeLeast = new(1_00) });
        await Earn(60_000_00);

        var first = await Request(60_000_00, "form");
        Assert.Equal(first.Value, (await Request(60_000_00, "form")).Value);

        var all = await With<PayoutRecords, IReadOnlyList<PayoutView>>(p => p.OfAsync(Wang, cancel: Cancel));
        Assert.Equal([new(10_000_00), new Money(50_000_00)], all.Select(p => p.Amount).Order());
        Assert.All(all, p => Assert.Equal(new Money(1_00), p.Fee));
        Assert.Equal("payouts.one_at_a_time", (await Request(10_00, "next")).Refusals[0].Code);
    }

    [Fact]
    public async Task W08_the_month_counts_what_was_paid_and_what_is_open_of_its_way()
    {
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { MostPerMonth = new(98_000_00), OneOpen = false });
        await Earn(200_000_00);
        await With<SetTaxProfile, Result<Done>>(s => s.RunAsync(new(Wang, new(2026, 3), TaxKind.Agency), Cancel));
        await PayOut(50_000_00, "a");
        Assert.False((await Request(48_000_00, "b")).IsRefused);

        Assert.Equal("payouts.above_month", (await Request(10_00, "c")).Refusals[0].Code);
        Time.Advance(TimeSpan.FromDays(31));
        Assert.False((await Request(50_000_00, "d")).IsRefused);        // what is open from March still counts
        Assert.Equal("payouts.above_month", (await Request(10_00, "e")).Refusals[0].Code);
    }

    [Fact]
    public async Task Tax_of_several_open_ones_is_withheld_one_after_the_other()
    {
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { OneOpen = false });
        await Earn(20_000_00);
        PayoutId first = (await Request(10_000_00, "a")).Value, second = (await Request(10_000_00, "b")).Value;
        await Approve(first);
        await Approve(second);

        // 20,000 in one month: (20,000 - 4,000 - 5,000) x 3 % = 330, of which 90 were withheld from the first.
        Assert.Equal((new Money(90_00), new Money(240_00)), ((await Find(first)).Tax, (await Find(second)).Tax));
    }

    [Fact]
    public async Task A_large_request_needs_two_persons_also_where_it_was_split()
    {
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { Most = new(600_00), Splits = true, SecondFrom = new(1_000_00) });
        await Earn(1_000_00);
        await Request(1_000_00);
        var id = (await With<PayoutRecords, IReadOnlyList<PayoutView>>(p => p.OfAsync(Wang, cancel: Cancel)))[0].Id;

        Assert.False((await TryApprove(id, "user:1")).IsRefused);
        Assert.Equal(PayoutStatus.Checked, (await Find(id)).Status);
        Assert.Equal("payouts.batch_empty", (await TryBatch(PayoutMethod.Bank)).Refusals[0].Code);
        Assert.Equal("payouts.second_person", (await TryApprove(id, "user:1")).Refusals[0].Code);
        Assert.False((await TryApprove(id, "user:2")).IsRefused);
        Assert.Equal(PayoutStatus.Approved, (await Find(id)).Status);
    }

    [Fact]
    public async Task What_needs_two_persons_needs_them_again_when_it_is_tried_again()
    {
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { SecondFrom = new(1_000_00) });
        await Earn(1_000_00);
        var id = (await Request(1_000_00)).Value;
        foreach (var person in new[] { "user:1", "user:2" }) Assert.False((await TryApprove(id, person)).IsRefused);
        await Export(await Batch(PayoutMethod.Bank));
        await Confirm(id, paid: false, "账号有误");

        Assert.False((await Retry(id)).IsRefused);

        Assert.Equal(PayoutStatus.Checked, (await Find(id)).Status);
        Assert.Equal("payouts.batch_empty", (await TryBatch(PayoutMethod.Bank)).Refusals[0].Code);
        Assert.False((await TryApprove(id, "user:2")).IsRefused);
        Assert.Equal(PayoutStatus.Approved, (await Find(id)).Status);
    }

    [Fact]
    public async Task A_holder_is_one_line()
    {
        var refused = await With<SetPayoutAccount, Result<Done>>(
            s => s.RunAsync(Wang, PayoutMethod.Bank, "王小明\nD000002", "6222020200112233445", Cancel));

        Assert.Equal("payouts.holder", Assert.Single(refused.Refusals).Code);
    }

    [Fact]
    public async Task A_preview_tells_fee_tax_and_what_stands_against_it()
    {
        await SetPolicy(PayoutMethod.Bank, PayoutPolicy.Default with { FeeRate = new(100), Deposit = new(1_000_00) });
        await Earn(10_000_00);

        var told = (await With<PreviewPayout, PayoutPreview?>(p => p.RunAsync(Wang, new(10_000_00), Cancel)))!;

        Assert.Equal((new Money(100_00), new Money(90_00), new Money(9_810_00)), (told.Fee, told.Tax, told.Net));
        Assert.Equal("payouts.above_available", Assert.Single(told.Against).Code);
    }

    [Fact]
    public async Task A_wallet_is_known_by_WeChat_alone()
    {
        await Credit(100_00);
        Assert.Equal("payouts.wallet_unbound", (await SetWallet()).Refusals[0].Code);

        await With<BindWallet, Result<Done>>(b => b.RunAsync(Wang, new("oWang"), Cancel));

        Assert.False((await SetWallet()).IsRefused);
        Assert.Equal(PayoutMethod.WeChat, (await Find((await Request(50_00)).Value)).Method);
    }

    private Task<Result<Done>> SetWallet() => With<SetPayoutAccount, Result<Done>>(s => s.RunAsync(Wang, PayoutMethod.WeChat, "王小明", "", Cancel));

    private Task<PayoutPolicy> Policy(PayoutMethod method) => With<PayoutPolicies, PayoutPolicy>(p => p.InForceAsync(method, Cancel));
}
