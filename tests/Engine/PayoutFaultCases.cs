using HaoSuan.Distributors;
using HaoSuan.Ledger;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Payouts;

namespace HaoSuan.Tests.Engine;

public sealed class Payout_faults_on_sqlite(SqliteDatabases engine) : PayoutFaultCases(engine);

public sealed class Payout_faults_on_postgres(PostgresDatabases engine) : PayoutFaultCases(engine);

/// <summary>What goes wrong while money is on its way.</summary>
public abstract class PayoutFaultCases(Databases engine) : PayoutTest(engine)
{
    private static readonly TransferState Silence = new TransferState.Unknown(new("TIMEOUT", "no answer"));

    [Fact]
    public async Task A_transfer_is_paid_with_a_voucher_that_keeps_the_signed_answer()
    {
        await Earn(100_00, PayoutMethod.Alipay, "wang@example.com");
        var id = await Sent(100_00);
        await Drain();

        Assert.Equal((PayoutStatus.Paid, new Money(100_00)), ((await Find(id)).Status, Transfers.Paid));
        var voucher = Assert.Single(await With<ReadVouchers, IReadOnlyList<Voucher>>(v => v.FindAsync(new(Kind: VoucherKind.Transfer), 0, 9, Cancel)));
        Assert.Equal((new Money(-100_00), "alipay", "T1", (await Find(id)).Reference), (voucher.Moved, voucher.Channel, voucher.ChannelNo, voucher.OurNo));
        var detail = await With<ReadVouchers, VoucherDetail?>(v => v.OfAsync(voucher.Number, Cancel));
        Assert.Null(detail!.For);
        Assert.Equal("a signed answer", await With<ReadVouchers, string?>(v => v.MessageAsync(voucher.Number, Cancel)));
    }

    [Fact]
    public async Task A_transfer_whose_answer_was_lost_stays_unknown_until_it_is_asked_and_is_paid_once()
    {
        await Earn(100_00, PayoutMethod.Alipay, "wang@example.com");
        Transfers.Lost = Silence;
        var id = await Sent(100_00);
        await Drain();
        Assert.Equal((PayoutStatus.Approved, new Money(100_00)), ((await Find(id)).Status, await Owed(Accounts.Paying(Wang))));
        Assert.Equal("payouts.not_requested", (await With<RejectPayout, Result<Done>>(r => r.RunAsync(id, "不付了", Cancel))).Refusals[0].Code);

        Time.Advance(TimeSpan.FromMinutes(2));
        await AskChannels();
        await AskChannels();

        Assert.Equal((PayoutStatus.Paid, new Money(100_00)), ((await Find(id)).Status, await Owed(Accounts.Bank)));
        Assert.Equal(new Money(100_00), Transfers.Paid);
    }

    [Fact]
    public async Task A_transfer_that_never_arrived_is_sent_again_under_the_same_number()
    {
        await Earn(100_00, PayoutMethod.Alipay, "wang@example.com");
        Transfers.Lost = Silence;
        Transfers.Meanwhile = () => { Transfers.Known.Clear(); return Task.CompletedTask; };
        var id = await Sent(100_00);
        await Drain();
        Transfers.Meanwhile = null;

        Time.Advance(TimeSpan.FromMinutes(2));
        await AskChannels();
        await Drain();
        Assert.Single(Transfers.Asked);     // it may still be under way
        Time.Advance(TimeSpan.FromMinutes(4));
        await AskChannels();
        await Drain();

        Assert.Equal(PayoutStatus.Paid, (await Find(id)).Status);
        Assert.Single(Transfers.Known);
        Assert.Single(Transfers.Asked.Distinct());
    }

    [Fact]
    public async Task A_channel_that_says_nothing_for_half_an_hour_is_a_case()
    {
        await Earn(100_00, PayoutMethod.Alipay, "wang@example.com");
        Transfers.Next = Silence;
        await Sent(100_00);
        await Drain();
        Assert.Empty(await Compared());

        Time.Advance(TimeSpan.FromMinutes(31));
        await AskChannels();

        Assert.Equal(["payouts.case_silent"], await Compared());
    }

    [Fact]
    public async Task A_process_that_is_killed_between_sending_and_recording_pays_once()
    {
        await Earn(100_00, PayoutMethod.Alipay, "wang@example.com");
        var id = await Sent(100_00);
        await using var process = WorkerProcess.Paying(Database);
        await process.GoAsync(Time.Now);
        var number = await process.SentAsync();
        await process.KillAsync();
        Transfers.Known[number] = (new(TradeNo.Parse(number), new(100_00), "", "", ""), new TransferState.Paid("T1", Time.Now));
        Assert.Equal((PayoutStatus.Approved, new Money(100_00)), ((await Find(id)).Status, await Owed(Accounts.Paying(Wang))));

        Time.Advance(TimeSpan.FromMinutes(5));
        await Drain();

        Assert.Equal((PayoutStatus.Paid, new Money(100_00)), ((await Find(id)).Status, await Owed(Accounts.Bank)));
        Assert.Empty(Transfers.Asked);      // it was asked how the first one stands, and none was sent again
    }

    [Fact]
    public async Task Whoever_is_frozen_after_the_approval_is_not_paid_until_the_freeze_ends()
    {
        var seller = (await With<AddDistributor, Result<DistributorId>>(d => d.RunAsync(new("D1", "王小明", null), Cancel))).Value;
        var id = await ApprovedOf(seller);
        await Batch(PayoutMethod.Alipay);
        await With<Freeze, Result<Done>>(f => f.RunAsync(new(seller, "客户投诉"), Cancel));
        await Drain();

        Assert.Empty(Transfers.Asked);
        Assert.True((await Find(id)).IsWaiting);
        Assert.Equal("payouts.batch_held", (await TryBatch(PayoutMethod.Alipay)).Refusals[0].Code);
        await With<Freeze, Result<Done>>(f => f.LiftAsync(seller, "已核实", Cancel));
        await Batch(PayoutMethod.Alipay);
        await Drain();
        Assert.Equal(PayoutStatus.Paid, (await Find(id)).Status);
    }

    [Fact]
    public async Task W10_a_clawback_before_the_approval_blocks_and_the_rejected_amount_pays_the_debt_down()
    {
        await Earn(100_00);
        var id = (await Request(80_00)).Value;
        await Credit(-50_00, "clawback");

        Assert.Equal("payouts.debt_meanwhile", (await TryApprove(id)).Refusals[0].Code);
        await Reject(id);

        Assert.Equal((new Money(50_00), Money.Zero), (await Owed(Accounts.Available(Wang)), await Owed(Accounts.Paying(Wang))));
    }

    [Fact]
    public async Task W10_a_clawback_between_approval_and_sending_holds_the_payout()
    {
        await Earn(100_00, PayoutMethod.Alipay, "wang@example.com");
        var id = (await Request(80_00)).Value;
        await Approve(id);
        await Batch(PayoutMethod.Alipay);
        await Credit(-50_00, "clawback");
        await Drain();

        Assert.Empty(Transfers.Asked);
        await With<RejectPayout, Result<Done>>(r => r.RunAsync(id, "先抵欠款", Cancel));
        Assert.Equal(new Money(50_00), await Owed(Accounts.Available(Wang)));
    }

    [Fact]
    public async Task W10_a_clawback_while_the_money_is_on_its_way_is_a_debt_that_later_commission_pays_first()
    {
        await Earn(100_00, PayoutMethod.Alipay, "wang@example.com");
        Transfers.Next = new TransferState.Pending("T1");
        var id = await Sent(100_00);
        await Drain();
        await Credit(-30_00, "clawback");
        await Apply(id, new TransferState.Paid("T1", Time.Now));

        Assert.Equal((PayoutStatus.Paid, new Money(-30_00)), ((await Find(id)).Status, await Owed(Accounts.Available(Wang))));
        Assert.Equal("payouts.debt", (await Request(10_00, "next")).Refusals[0].Code);
        await Credit(50_00, "later");
        Assert.Equal("payouts.above_available", (await Request(20_01, "next")).Refusals[0].Code);
        Assert.False((await Request(20_00, "next")).IsRefused);
    }

    [Fact]
    public async Task A_notice_makes_us_ask_and_one_of_a_number_that_is_not_ours_is_kept_for_a_person()
    {
        await Earn(100_00, PayoutMethod.Alipay, "wang@example.com");
        Transfers.Next = new TransferState.Pending("T1");
        var id = await Sent(100_00);
        await Drain();
        var reference = (await Find(id)).Reference;
        Transfers.Known[reference] = Transfers.Known[reference] with { State = new TransferState.Paid("T1", Time.Now) };

        await Publish(new TransferTold("alipay", reference, "N1"));
        await Publish(new TransferTold("alipay", reference, "N1"));
        await Publish(new TransferTold("alipay", "PO0000000000STRANGER", "N2"));

        Assert.Equal(PayoutStatus.Paid, (await Find(id)).Status);
        Assert.Equal("PO0000000000STRANGER", Assert.Single(await With<GatewayHealth, IReadOnlyList<OddNotice>>(g => g.OddAsync(Cancel))).Number);
    }

    [Fact]
    public async Task A_payment_that_is_told_after_its_amount_was_given_back_changes_nothing_and_is_recorded()
    {
        await Earn(100_00, PayoutMethod.Alipay, "wang@example.com");
        Transfers.Next = new TransferState.Failed(new("FAIL", "no"));
        var id = await Sent(100_00);
        await Drain();
        var reference = (await Find(id)).Reference;
        Transfers.Known[reference] = Transfers.Known[reference] with { State = new TransferState.Paid("T1", Time.Now) };

        await Publish(new TransferTold("alipay", reference, "N1"));

        Assert.Equal((PayoutStatus.Failed, new Money(100_00)), ((await Find(id)).Status, await Owed(Accounts.Available(Wang))));
        Assert.Equal(1, await With<Db, int>(db => db.Set<AuditRow>().CountAsync(a => a.Action == "payout.contradicted", Cancel)));
    }

    private async Task Publish(TransferTold told)
    {
        await using var scope = Services.GetRequiredService<IServiceScopeFactory>().CreateScope(Tenant);
        await scope.ServiceProvider.GetRequiredService<HearTransfer>().FollowAsync(told, Cancel);
    }

    private async Task<PayoutId> ApprovedOf(DistributorId seller)
    {
        await With<Journal, long>(j => j.PostAsync(new Entry(
            "test", "earned", Time.Now, "", [new(Accounts.Commission, new(100_00)), new(Accounts.Available(seller), new(-100_00))]), Cancel));
        await With<SetPayoutAccount, Result<Done>>(s => s.RunAsync(seller, PayoutMethod.Alipay, "王小明", "wang@example.com", Cancel));
        var id = (await With<RequestPayout, Result<PayoutId>>(r => r.RunAsync(seller, new(100_00), "k", Cancel))).Value;
        await Approve(id);
        return id;
    }
}
