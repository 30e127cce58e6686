using System.Text;
using HaoSuan.Ledger;
using HaoSuan.Payments.Channels;
using HaoSuan.Payouts;
using HaoSuan.Settling.Tax;

namespace HaoSuan.Tests.Engine;

public sealed class Payouts_on_sqlite(SqliteDatabases engine) : PayoutCases(engine);

public sealed class Payouts_on_postgres(PostgresDatabases engine) : PayoutCases(engine);

public abstract class PayoutCases(Databases engine) : EngineTest(engine)
{
    private static readonly DistributorId Wang = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));

    [Fact]
    public async Task A_payout_to_a_bank_leaves_the_balance_at_once_and_is_paid_less_tax()
    {
        await Earn(10_000_00);
        var id = (await Request(10_000_00)).Value;
        Assert.Equal((Money.Zero, new Money(10_000_00)), (await Owed(Accounts.Available(Wang)), await Owed(Accounts.Paying(Wang))));

        await Approve(id);
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
    public async Task Two_requests_at_once_never_spend_the_same_fen()
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
    public async Task A_rejected_or_failed_payout_gives_the_money_back_once(bool rejected)
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
        await With<SetTaxProfile, Result<Done>>(s => s.RunAsync(Wang, new Month(2026, 3), TaxMethod.PerPayment, Cancel));

        Money[] taxes = [await PayOut(3_000_00, "a"), await PayOut(2_000_00, "b")];
        Time.Advance(TimeSpan.FromDays(31));
        await With<SetTaxProfile, Result<Done>>(s => s.RunAsync(Wang, new Month(2026, 4), null, Cancel));
        var untaxed = await PayOut(5_000_00, "c");

        Assert.Equal([new Money(440_00), new Money(360_00)], taxes);   // together 5,000: 800.00
        Assert.Equal(Money.Zero, untaxed);
    }

    [Fact]
    public async Task The_bank_file_holds_what_is_approved_with_the_net_amount_and_every_reveal_is_audited()
    {
        await Earn(100_00);
        await Approve((await Request(100_00)).Value);

        var file = await With<BankFile, (string Name, byte[] Content)>(b => b.ExportAsync(Cancel));

        var lines = Encoding.UTF8.GetString(file.Content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("王小明,6222020200112233445,100.00,", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, await With<Db, int>(db => db.Set<AuditRow>().CountAsync(a => a.Action == "secret.revealed", Cancel)));
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
        Assert.Equal("收款账号不存在", (await Find(failed)).Reason);
        Assert.Equal((new Money(100_00), Money.Zero), (await Owed(Accounts.Available(Wang)), await Owed(Accounts.Paying(Wang))));
    }

    private async Task<PayoutId> Sent(long fen, string key)
    {
        var id = (await Request(fen, key)).Value;
        await Approve(id);
        return id;
    }

    private Task Apply(PayoutId id, TransferState state) => With<ApplyTransfer>(a => a.RunAsync(id, state, Cancel));

    private async Task Earn(long fen, PayoutMethod method = PayoutMethod.Bank, string account = "6222 0202 0011 2233 445")
    {
        await Credit(fen);
        Assert.False((await With<SetPayoutAccount, Result<Done>>(s => s.RunAsync(Wang, method, "王小明", account, Cancel))).IsRefused);
    }

    private Task Credit(long fen) => With<Journal, long>(j => j.PostAsync(
        new Entry("test", "earned", Time.Now, "", [new(Accounts.Commission, new(fen)), new(Accounts.Available(Wang), new(-fen))]), Cancel));

    private Task<Result<PayoutId>> Request(long fen, string key = "k") =>
        With<RequestPayout, Result<PayoutId>>(r => r.RunAsync(Wang, new(fen), key, Cancel));

    private async Task<Money> PayOut(long fen, string key)
    {
        var id = (await Request(fen, key)).Value;
        await Approve(id);
        await Confirm(id, paid: true, key);
        return (await Find(id)).Tax;
    }

    private async Task Approve(PayoutId id) => Assert.False((await With<ApprovePayout, Result<Done>>(a => a.RunAsync(id, Cancel))).IsRefused);

    private Task Reject(PayoutId id) => With<RejectPayout, Result<Done>>(r => r.RunAsync(id, "资料不全", Cancel));

    private Task Confirm(PayoutId id, bool paid, string note) => With<BankFile, Result<Done>>(b => b.ConfirmAsync(id, paid, note, Cancel));

    private async Task<PayoutView> Find(PayoutId id) => (await With<PayoutRecords, PayoutView?>(p => p.FindAsync(id, Cancel)))!;

    private Task<Money> Owed(Account account) => With<Journal, Money>(j => j.OwedAsync(account, Cancel));
}
