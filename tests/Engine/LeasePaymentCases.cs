using HaoSuan.Leases;
using HaoSuan.Ledger;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Tests.Engine;

public sealed class Lease_payments_on_sqlite(SqliteDatabases engine) : LeasePaymentCases(engine);

public sealed class Lease_payments_on_postgres(PostgresDatabases engine) : LeasePaymentCases(engine);

/// <summary>Money that comes for a lease: once, twice, too late, for what is not asked for any more; and what of it goes back.</summary>
public abstract class LeasePaymentCases(Databases engine) : LeaseTest(engine)
{
    [Fact]
    public async Task Of_a_bill_that_was_paid_twice_the_deposit_goes_back_from_the_payment_that_the_lease_has_taken()
    {
        await Open(1);
        var placed = (await Place()).Value;
        var (older, newer) = (await Start(placed.Id, 1), await Start(placed.Id, 1, PayFace.Phone));
        await Arrive(newer);
        await Arrive(older);
        _ = (await HandOver(placed.Id)).Value;
        _ = (await ComeBack(placed.Id)).Value;

        _ = (await Inspect(placed.Id)).Value;
        await Later();

        Assert.Equal(LeaseState.Ended, (await Sound(placed.Id)).Lease.State);
        Assert.Equal(new Money(30_00 + 60_00), await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task A_bill_can_be_paid_after_money_that_came_too_late_and_went_back()
    {
        await Open(1);
        var id = await Begun();
        await Days(31);
        var late = await Start(id, 2);
        await With<ApplyPayment>(a => a.RunAsync(late.Id, new PaymentState.Closed(), Cancel));
        await Arrive(late);

        await Pay(id, 2);

        Assert.Equal(Money.Zero, (await Sound(id)).Lease.Open);
        Assert.Equal(new Money(130_00 + 30_00), await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task Staff_lets_the_deposit_pay_what_is_overdue_and_money_that_comes_for_it_all_the_same_goes_back()
    {
        await Open(1);
        var id = await Begun();
        await Days(31);
        Assert.Equal("leases.bill_not_overdue", (await Offset(id, 2)).Refusals[0].Code);
        await Days(6);
        Assert.False(await IsBeingPaid(id));
        var payment = await Start(id, 2);
        Assert.True(await IsBeingPaid(id));

        _ = (await Offset(id, 2)).Value;
        Assert.Equal((LeaseState.Active, new Money(70_00)), (await State(id), (await Sound(id)).Held));
        await Arrive(payment);

        await Sound(id);
        Assert.Equal(new Money(130_00), await Balance(Accounts.Gateway("wechat")));
        Assert.Equal("leases.bill_not_overdue", (await Offset(id, 2)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_payment_and_the_deposit_that_come_at_once_pay_a_bill_once()
    {
        await Open(1);
        var id = await Begun();
        await Days(31);
        await Days(6);
        var payment = await Start(id, 2);
        await With<ApplyPayment>(a => a.RunAsync(payment.Id, new PaymentState.Paid("4200099", payment.Amount, Time.Now), Cancel));

        await Task.WhenAll(Task.Run(() => Offset(id, 2), Cancel), Task.Run(Drain, Cancel), Task.Run(() => Offset(id, 2), Cancel));
        await Later();

        var lease = await Sound(id);
        Assert.Equal((LeaseState.Active, new Money(30_00)), (lease.Lease.State, lease.Bills[1].Paid));
        Assert.Equal(new Money(60_00), await Balance(Accounts.Gateway("wechat")) - lease.Held);
    }

    [Fact]
    public async Task A_price_whose_payment_is_disputed_or_came_too_late_lapses_all_the_same()
    {
        await Open(2);
        var (disputed, late) = (await Begun(), await Begun());
        foreach (var id in new[] { disputed, late }) _ = (await BuyOut(id)).Value;
        var (less, closed) = (await Start(disputed, 2), await Start(late, 2));
        await Arrive((less.Id, less.Amount - new Money(1)));
        await With<ApplyPayment>(a => a.RunAsync(closed.Id, new PaymentState.Closed(), Cancel));
        await Arrive(closed);
        Assert.Equal(LeaseState.BuyingOut, await State(late));

        await Days(3);

        Assert.Equal((LeaseState.Active, LeaseState.Active), ((await Sound(disputed)).Lease.State, (await Sound(late)).Lease.State));
    }

    [Fact]
    public async Task Less_than_a_bill_asks_for_is_not_accepted_and_once_given_back_the_bill_can_be_paid()
    {
        await Open(1);
        var placed = (await Place()).Value;
        var (less, amount) = await Start(placed.Id, 1);
        await Arrive((less, amount - new Money(1)));
        Task<Result<Done>> Decide(DisputeDecision decision) => With<DecideDispute, Result<Done>>(d => d.RunAsync(less, decision, "金额不符", Cancel));
        Assert.Equal("payments.lease_takes_no_less", (await Decide(DisputeDecision.Accept)).Refusals[0].Code);

        _ = (await Decide(DisputeDecision.GiveBack)).Value;
        await Later();
        await Pay(placed.Id, 1);

        Assert.Equal(LeaseState.ToShip, (await Sound(placed.Id)).Lease.State);
        Assert.Equal(new Money(130_00), await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task Who_does_not_buy_after_all_leases_on_and_money_that_comes_for_the_price_goes_back()
    {
        await Open(1);
        var id = await Begun();
        _ = (await BuyOut(id)).Value;
        var payment = await Start(id, 2);

        _ = (await Withdraw(id)).Value;
        await Arrive(payment);

        var lease = await Sound(id);
        Assert.Equal((LeaseState.Active, LeaseBillState.Lapsed), (lease.Lease.State, lease.Bills[1].State));
        Assert.Equal(new Money(130_00), await Balance(Accounts.Gateway("wechat")));
        Assert.Equal("leases.running", (await Withdraw(id)).Refusals[0].Code);
        await Days(31);
        Assert.Single((await Sound(id)).Bills, b => b.Kind == LeaseBillKind.Monthly);
    }

    [Fact]
    public async Task What_a_lease_has_taken_finance_cannot_give_back_but_what_the_channel_has_refused_it_can_try_again()
    {
        await Open(2);
        var id = await Begun();
        Task<Result<Money>> Back(long fen, string key) => With<IServiceProvider, Result<Money>>(async services =>
        {
            var payment = (await services.GetRequiredService<PaymentRecords>().OfOrderAsync(new((await Find(id)).Bills[0].Id.Value), Cancel))[0].Id;
            return await services.GetRequiredService<RequestRefund>().ByOfficeAsync(payment, new(fen), "客户要求", key, Cancel);
        });
        Assert.Equal("payments.refund_taken_by_lease", (await Back(10_00, "a")).Refusals[0].Code);
        var (arrived, amount) = await Start((await Place()).Value.Id, 1);
        await With<ApplyPayment>(a => a.RunAsync(arrived, new PaymentState.Paid("4200099", amount, Time.Now), Cancel));
        var early = await With<RequestRefund, Result<Money>>(r => r.ByOfficeAsync(arrived, amount, "客户要求", "early", Cancel));
        Assert.Equal("payments.refund_taken_by_lease", early.Refusals[0].Code);
        Wechat.Refund = new RefundState.Failed(new("NOT_ENOUGH", "no balance"));
        _ = (await ComeBack(id)).Value;
        _ = (await Inspect(id)).Value;
        await Later();
        Assert.Equal(new Money(-40_00), await Balance(Accounts.CustomerRefund(new((await Find(id)).Bills[0].Id.Value))));

        Wechat.Refund = null;
        Assert.Equal("payments.refund_taken_by_lease", (await Back(41_00, "b")).Refusals[0].Code);
        _ = (await Back(10_00, "c")).Value;
        Assert.Equal("payments.refund_taken_by_lease", (await Back(30_01, "d")).Refusals[0].Code);
        _ = (await Back(30_00, "d")).Value;
        await Later();

        Assert.Equal(LeaseState.Ended, (await Sound(id)).Lease.State);
    }

    [Fact]
    public async Task A_payment_that_its_bill_knows_nothing_of_is_a_case()
    {
        await Open(1);
        var placed = (await Place()).Value;
        var (payment, amount) = await Start(placed.Id, 1);
        await With<ApplyPayment>(a => a.RunAsync(payment, new PaymentState.Paid("4200001", amount, Time.Now), Cancel));
        Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["leases.case_payment_alone"], await Cases());
        await Drain();
        Assert.Empty(await Cases());
    }

    [Fact]
    public async Task Who_does_not_pay_in_half_an_hour_loses_the_device_and_money_that_comes_late_goes_back()
    {
        await Open(1);
        var placed = (await Place()).Value;
        var payment = await Start(placed.Id, 1);
        Time.Advance(TimeSpan.FromMinutes(31));
        await Jobs();
        Assert.Equal(LeaseState.AwaitingPayment, await State(placed.Id));

        Wechat.Payment = new PaymentState.Closed();
        await With<AskChannels>(a => a.RunAsync(Cancel));
        await Jobs();
        Assert.Equal((LeaseState.Cancelled, DeviceState.InStock), (await State(placed.Id), await DeviceOf(placed.Id)));
        await Arrive(payment);

        await Sound(placed.Id);
        Assert.Equal(Money.Zero, await Balance(Accounts.Gateway("wechat")));
        Assert.False((await Place()).IsRefused);
    }

    private Task<bool> IsBeingPaid(LeaseId id) => With<BillsToPay, bool>(b => b.AreBeingPaidAsync(id, Cancel));
}
