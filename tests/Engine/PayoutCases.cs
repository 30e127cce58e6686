using HaoSuan.Ledger;
using HaoSuan.Payments.Channels;
using HaoSuan.Payouts;

namespace HaoSuan.Tests.Engine;

public sealed class Payouts_on_sqlite(SqliteDatabases engine) : PayoutCases(engine);

public sealed class Payouts_on_postgres(PostgresDatabases engine) : PayoutCases(engine);

public abstract class PayoutCases(Databases engine) : PayoutTest(engine)
{
    [Fact]
    public async Task A_payout_to_a_bank_leaves_the_balance_at_once_and_is_paid_less_tax()
    {
        await Earn(10_000_00);
        var id = (await Request(10_000_00)).Value;
        Assert.Equal((Money.Zero, new Money(10_000_00)), (await Owed(Accounts.Available(Wang)), await Owed(Accounts.Paying(Wang))));

        await Approve(id);
        await Export(await Batch(PayoutMethod.Bank));
        await Confirm(id, paid: true, "ICBC-1");
        await Confirm(id, paid: true, "ICBC-1");

        var payout = await Find(id);
        Assert.Equal((PayoutStatus.Paid, new Money(90_00), new Money(9_910_00)), (payout.Status, payout.Tax, payout.Net));
        Assert.Contains("速算扣除", payout.TaxExplanation, StringComparison.Ordinal);
        Assert.Equal(new Money(90_00), await Owed(Accounts.TaxWithheld));
        Assert.Equal(new Money(9_910_00), await Owed(Accounts.Bank));
        Assert.Equal(Money.Zero, await Owed(Accounts.Paying(Wang)));
    }

    [Fact]
    public async Task W05_two_requests_at_once_never_spend_the_same_fen()
    {
        await Earn(100_00);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Request(80_00, $"k{i}"), Cancel)));

        Assert.Single(results, r => !r.IsRefused);
        Assert.Equal(new Money(20_00), await Owed(Accounts.Available(Wang)));
    }

    [Fact]
    public async Task The_same_request_twice_is_one_payout()
    {
        await Earn(100_00);

        Assert.Equal((await Request(40_00, "form-1")).Value, (await Request(40_00, "form-1")).Value);
        Assert.Equal(new Money(60_00), await Owed(Accounts.Available(Wang)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task W09_a_rejected_or_failed_payout_gives_the_money_back_once(bool rejected)
    {
        await Earn(100_00);
        var id = (await Request(100_00)).Value;
        if (rejected)
        {
            await Reject(id);
            await Reject(id);
        }
        else
        {
            await Approve(id);
            await Export(await Batch(PayoutMethod.Bank));
            await Confirm(id, paid: false, "账号有误");
            await Confirm(id, paid: false, "账号有误");
        }

        Assert.Equal(new Money(100_00), await Owed(Accounts.Available(Wang)));
        Assert.Equal(rejected ? PayoutStatus.Rejected : PayoutStatus.Failed, (await Find(id)).Status);
        Assert.False((await Request(100_00, "again")).IsRefused);
    }

    [Fact]
    public async Task A_debt_blocks_payouts_and_says_how_much_it_is()
    {
        await Earn(-30_00);

        var refused = await Request(10_00);

        Assert.Equal("payouts.debt", refused.Refusals[0].Code);
        Assert.Contains("30.00", Services.GetRequiredService<Texts>().Of(refused.Refusals[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tax_follows_the_distributors_profile_and_history()
    {
        await Earn(60_000_00);
        await With<SetTaxProfile, Result<Done>>(s => s.RunAsync(new(Wang, new(2026, 3), TaxKind.PerPayment), Cancel));

        Money[] taxes = [await PayOut(3_000_00, "a"), await PayOut(2_000_00, "b")];
        Time.Advance(TimeSpan.FromDays(31));
        await With<SetTaxProfile, Result<Done>>(s => s.RunAsync(new(Wang, new(2026, 4), TaxKind.Agency), Cancel));
        var untaxed = await PayOut(5_000_00, "c");

        Assert.Equal([new Money(440_00), new Money(360_00)], taxes);   // together 5,000: 800.00
        Assert.Equal(Money.Zero, untaxed);
    }

    [Fact]
    public async Task Without_an_account_there_is_nowhere_to_pay_to()
    {
        await Credit(100_00);

        var refused = await With<RequestPayout, Result<PayoutId>>(r => r.RunAsync(Wang, new(50_00), "x", Cancel));

        Assert.Equal("payouts.no_account", refused.Refusals[0].Code);
    }

    [Fact]
    public async Task A_transfer_ends_once_whatever_the_channel_says_and_how_often()
    {
        await Earn(200_00, PayoutMethod.Alipay, "wang@example.com");
        var paid = await Sent(100_00, "a");
        await Apply(paid, new TransferState.Unknown(new("SYSTEM_ERROR", "busy")));
        await Apply(paid, new TransferState.Pending("T1"));
        Assert.Equal(PayoutStatus.Approved, (await Find(paid)).Status);
        await Apply(paid, new TransferState.Paid("T1", Time.Now));
        await Apply(paid, new TransferState.Failed(new("LATE", "晚到的失败")));
        var failed = await Sent(100_00, "b");
        await Apply(failed, new TransferState.Failed(new("PAYEE_NOT_EXIST", "收款账号不存在")));
        await Apply(failed, new TransferState.Failed(new("PAYEE_NOT_EXIST", "收款账号不存在")));

        Assert.Equal((PayoutStatus.Paid, PayoutStatus.Failed), ((await Find(paid)).Status, (await Find(failed)).Status));
        Assert.Equal("收款账户不存在或异常，请更新收款账户", (await Find(failed)).Reason);
        Assert.Equal((new Money(100_00), Money.Zero), (await Owed(Accounts.Available(Wang)), await Owed(Accounts.Paying(Wang))));
    }
}
