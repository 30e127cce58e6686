using System.Data.Common;
using HaoSuan.Exceptions;
using HaoSuan.Identity;
using HaoSuan.Leases;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;

namespace HaoSuan.Tests.Engine;

public sealed class Leases_on_sqlite(SqliteDatabases engine) : LeaseCases(engine);

public sealed class Leases_on_postgres(PostgresDatabases engine) : LeaseCases(engine);

public abstract class LeaseCases(Databases engine) : LeaseTest(engine)
{
    [Fact]
    public async Task A_device_is_reserved_paid_handed_over_and_its_first_month_earned()
    {
        await Open(1);
        var placed = (await Place()).Value;
        Assert.Equal((new Money(130_00), DeviceState.Reserved), (placed.ToPay, await DeviceOf(placed.Id)));
        Assert.Equal("leases.none_left", (await Place()).Refusals[0].Code);
        Assert.Equal("leases.not_paid", (await HandOver(placed.Id)).Refusals[0].Code);

        await Pay(placed.Id, 1);
        Assert.Equal((LeaseState.ToShip, Money.Zero), (await State(placed.Id), await Balance(Accounts.Rental)));
        Assert.Empty(await Cases());
        await Days(2);
        Assert.Equal(["leases.case_not_shipped"], await Cases());
        _ = (await HandOver(placed.Id)).Value;
        Assert.Empty(await Cases());

        var lease = await Sound(placed.Id);
        Assert.Equal((LeaseState.Active, new DateOnly(2026, 3, 3), new Money(100_00)), (lease.Lease.State, lease.Lease.ContractDay, lease.Held));
        Assert.Equal((DeviceState.Leased, new Money(-30_00)), (await DeviceOf(placed.Id), await Balance(Accounts.Rental)));
        Assert.Equal(Money.Zero, await Balance(Accounts.Unapplied(new(placed.FirstBill.Value))));
        Assert.Equal(["Placed", "Paid", "HandedOver"], lease.Steps.Select(s => s.Event));
        Assert.Equal("张**", lease.Lease.Name);
        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("delete from lease_step"));
        await Assert.ThrowsAnyAsync<DbException>(() => Tamper("update device_move set reason = 'x'"));
    }

    [Fact]
    public async Task Consumers_who_come_at_once_never_get_more_devices_than_there_are()
    {
        await Open(4);

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(Place, Cancel)));

        Assert.Equal(4, results.Count(r => !r.IsRefused));
        Assert.All(results.Where(r => r.IsRefused), r => Assert.Equal("leases.none_left", r.Refusals[0].Code));
        var all = await With<LeaseList, IReadOnlyList<LeaseSummary>>(l => l.AllAsync(new(), 0, 50, Cancel));
        Assert.Equal([Serial(1), Serial(2), Serial(3), Serial(4)], all.Select(l => l.Serial).Order(StringComparer.Ordinal));
        var counts = await With<DeviceList, IReadOnlyList<DeviceCount>>(d => d.CountAsync(Cancel));
        Assert.Equal(new DeviceCount(Model, DeviceState.Reserved, 4), Assert.Single(counts));
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

    [Fact]
    public async Task A_lease_that_is_called_off_before_it_begins_gives_everything_back()
    {
        await Open(1);
        var placed = (await Place()).Value;
        await Pay(placed.Id, 1);

        _ = (await CallOff(placed.Id)).Value;
        await Later();

        Assert.Equal((LeaseState.Cancelled, DeviceState.InStock), ((await Sound(placed.Id)).Lease.State, await DeviceOf(placed.Id)));
        Assert.Equal(Money.Zero, await Balance(Accounts.Gateway("wechat")));
        Assert.Equal("leases.over", (await CallOff(placed.Id)).Refusals[0].Code);
    }

    [Fact]
    public async Task Months_are_billed_once_on_the_contract_day_or_the_last_day_of_the_month()
    {
        await Open(1);
        Time.Advance(TimeSpan.FromDays(30));
        var id = await Begun();

        foreach (var days in new[] { 29, 1, 0, 31 }) await Days(days);

        var months = (await Sound(id)).Bills.Where(b => b.Kind == LeaseBillKind.Monthly).ToList();
        Assert.Equal([new DateOnly(2026, 4, 30), new DateOnly(2026, 5, 31)], months.Select(b => b.From!.Value));
        Assert.Equal([new DateOnly(2026, 5, 30), new DateOnly(2026, 6, 29)], months.Select(b => b.Until!.Value));
        Assert.Equal(new DateOnly(2026, 5, 5), months[0].Due);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => With<BillLeases>(b => b.RunAsync(Cancel)), Cancel)));
        Assert.Equal(2, (await Sound(id)).Bills.Count(b => b.Kind == LeaseBillKind.Monthly));
    }

    [Fact]
    public async Task A_bill_that_is_late_costs_its_fee_once_is_a_case_and_told_and_when_all_is_paid_the_lease_goes_on()
    {
        await Open(1);
        var seller = (await With<Users, Result<UserId>>(u => u.CreateAsync("d1", "haosuan-2026", Role.Distributor, Seller, Cancel))).Value;
        var id = await Begun();
        await Days(31);
        await Days(5);
        Assert.Equal(LeaseState.Active, await State(id));

        await Days(1);
        await Days(1);

        var late = await Sound(id);
        Assert.Equal((LeaseState.Overdue, new Money(35_00)), (late.Lease.State, late.Lease.Open));
        Assert.Equal([LeaseBillKind.First, LeaseBillKind.Monthly, LeaseBillKind.LateFee], late.Bills.Select(b => b.Kind));
        var told = await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(seller, "leases", 0, 9, Cancel));
        Assert.Contains("逾期", Assert.Single(told).Text, StringComparison.Ordinal);
        Assert.Equal(["leases.case_overdue"], await Cases());
        Assert.Equal("leases.overdue", (await BuyOut(id)).Refusals[0].Code);

        await Pay(id, 2);
        Assert.Equal(LeaseState.Active, await State(id));
        await Pay(id, 3);
        Assert.Empty(await Cases());
        Assert.Equal(Money.Zero, (await Sound(id)).Lease.Open);
        Assert.Equal((new Money(-60_00), new Money(-5_00)), (await Balance(Accounts.Rental), await Balance(Accounts.Penalty)));
    }

    [Fact]
    public async Task Staff_lets_the_deposit_pay_what_is_overdue_and_money_that_comes_for_it_all_the_same_goes_back()
    {
        await Open(1);
        var id = await Begun();
        await Days(31);
        Assert.Equal("leases.bill_not_overdue", (await Offset(id, 2)).Refusals[0].Code);
        await Days(6);
        var payment = await Start(id, 2);

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
    public async Task A_device_that_comes_back_damaged_and_early_costs_both_and_the_rest_of_the_deposit_goes_back_with_a_voucher()
    {
        await Open(1);
        var id = await Begun();
        await Days(31);
        await Pay(id, 2);
        _ = (await Announce(id)).Value;
        await Days(9);
        Assert.Equal(LeaseState.Returning, await State(id));
        _ = (await ComeBack(id)).Value;
        Assert.Equal("leases.inspect_first", (await Restock(id)).Refusals[0].Code);
        Assert.Equal("leases.damage_unknown", (await Inspect(id, "丢失")).Refusals[0].Code);

        _ = (await Inspect(id, "屏幕破裂", "缺适配器")).Value;
        await Later();

        var ended = await Sound(id);
        Assert.Equal((LeaseState.Ended, DeviceState.Returned), (ended.Lease.State, await DeviceOf(id)));
        Assert.Equal((new Money(-30_00), new Money(-55_00)), (await Balance(Accounts.Penalty), await Balance(Accounts.Damage)));
        Assert.Equal(new Money(130_00 + 30_00 - 15_00), await Balance(Accounts.Gateway("wechat")));
        var vouchers = await With<ReadVouchers, IReadOnlyList<Voucher>>(v => v.FindAsync(new(Kind: VoucherKind.Refund), 0, 9, Cancel));
        Assert.Equal(new Money(15_00), Assert.Single(vouchers).Amount);
        _ = (await Restock(id)).Value;
        Assert.False((await Place()).IsRefused);
    }

    [Fact]
    public async Task Who_keeps_the_device_after_all_pays_the_months_that_have_begun_meanwhile()
    {
        await Open(1);
        var id = await Begun();
        _ = (await Announce(id)).Value;
        await Days(40);
        Assert.DoesNotContain((await Find(id)).Bills, b => b.Kind == LeaseBillKind.Monthly);
        Assert.Equal(["leases.case_not_back"], await Cases());

        _ = (await Keep(id)).Value;

        Assert.Single((await Sound(id)).Bills, b => b.Kind == LeaseBillKind.Monthly);
        await Days(31);
        Assert.Equal(2, (await Sound(id)).Bills.Count(b => b.Kind == LeaseBillKind.Monthly));
    }

    [Fact]
    public async Task What_the_deposit_does_not_cover_is_owed_until_it_is_paid_or_written_off()
    {
        await Open(2);
        var (pays, gone) = (await Begun(), await Begun());
        foreach (var id in new[] { pays, gone })
        {
            _ = (await ComeBack(id)).Value;
            _ = (await Inspect(id, "进水")).Value;
            var owing = await Sound(id);
            Assert.Equal((LeaseState.Owing, new Money(80_00), Money.Zero), (owing.Lease.State, owing.Lease.Open, owing.Held));
        }

        await Pay(pays, 3);
        _ = (await WriteOff(gone)).Value;

        Assert.All([await Sound(pays), await Sound(gone)], l => Assert.Equal(LeaseState.Ended, l.Lease.State));
        Assert.Equal(new Money(80_00), await Balance(Accounts.WriteOff));
        Assert.Equal("leases.over", (await WriteOff(gone)).Refusals[0].Code);
    }

    [Fact]
    public async Task A_device_is_bought_for_its_price_less_the_deposit()
    {
        await Open(1);
        var id = await Begun();
        _ = (await BuyOut(id)).Value;
        Assert.Equal(Money.Zero, (await Sound(id)).Lease.Open);

        await Pay(id, 2);

        Assert.Equal((LeaseState.BoughtOut, DeviceState.Sold), ((await Sound(id)).Lease.State, await DeviceOf(id)));
        Assert.Equal((new Money(-150_00), new Money(180_00)), (await Balance(Accounts.DeviceSales), await Balance(Accounts.Gateway("wechat"))));
    }

    [Fact]
    public async Task A_price_that_the_deposit_covers_is_paid_by_it_at_once_and_the_rest_goes_back()
    {
        await Open(1);
        var id = await Begun();
        for (var month = 2; month <= 4; month++)
        {
            await Days(31);
            await Pay(id, month);
        }

        _ = (await BuyOut(id)).Value;
        await Later();

        Assert.Equal((LeaseState.BoughtOut, DeviceState.Sold), ((await Sound(id)).Lease.State, await DeviceOf(id)));
        Assert.Equal(new Money(-90_00), await Balance(Accounts.DeviceSales));
        Assert.Equal(new Money(130_00 + 90_00 - 10_00), await Balance(Accounts.Gateway("wechat")));
    }

    [Fact]
    public async Task A_price_that_nobody_pays_lapses_after_three_days_and_the_lease_goes_on()
    {
        await Open(1);
        var id = await Begun();
        await Days(29);
        _ = (await BuyOut(id)).Value;
        await Days(2);
        Assert.Equal((LeaseState.BuyingOut, 2), (await State(id), (await Find(id)).Bills.Count));

        await Days(1);
        await Jobs();

        var lease = await Sound(id);
        Assert.Equal((LeaseState.Active, new Money(30_00)), (lease.Lease.State, lease.Lease.Open));
        Assert.Equal([LeaseBillState.Settled, LeaseBillState.Lapsed, LeaseBillState.Open], lease.Bills.Select(b => b.State));
        Assert.Equal("leases.pay_bills_first", (await BuyOut(id)).Refusals[0].Code);
        Assert.Equal(Money.Zero, await Balance(Accounts.DeviceSales));
    }

    [Fact]
    public async Task Who_asks_for_the_price_in_a_new_month_finds_its_bill_to_be_paid_first()
    {
        await Open(1);
        var id = await Begun();
        Time.Advance(TimeSpan.FromDays(31));

        Assert.Equal("leases.pay_bills_first", (await BuyOut(id)).Refusals[0].Code);

        Assert.Equal((LeaseState.Active, new Money(30_00)), ((await Sound(id)).Lease.State, (await Find(id)).Lease.Open));
        await Pay(id, 2);
        Assert.False((await BuyOut(id)).IsRefused);
        Assert.Equal(LeaseState.BuyingOut, (await Sound(id)).Lease.State);
    }

    [Fact]
    public async Task A_device_that_does_not_come_back_costs_its_price()
    {
        await Open(1);
        var id = await Begun();

        _ = (await Lost(id)).Value;

        var owing = await Sound(id);
        Assert.Equal((LeaseState.Owing, new Money(50_00), DeviceState.Lost), (owing.Lease.State, owing.Lease.Open, await DeviceOf(id)));
        await Pay(id, 2);
        Assert.Equal(LeaseState.Ended, (await Sound(id)).Lease.State);
    }

    [Fact]
    public async Task What_a_lease_has_taken_finance_cannot_give_back_but_what_the_channel_has_refused_it_can_try_again()
    {
        await Open(1);
        var id = await Begun();
        Task<Result<Money>> Back(long fen, string key) => With<IServiceProvider, Result<Money>>(async services =>
        {
            var payment = (await services.GetRequiredService<PaymentRecords>().OfOrderAsync(new((await Find(id)).Bills[0].Id.Value), Cancel))[0].Id;
            return await services.GetRequiredService<RequestRefund>().ByOfficeAsync(payment, new(fen), "客户要求", key, Cancel);
        });
        Assert.Equal("payments.refund_taken_by_lease", (await Back(10_00, "a")).Refusals[0].Code);
        Wechat.Refund = new RefundState.Failed(new("NOT_ENOUGH", "no balance"));
        _ = (await ComeBack(id)).Value;
        _ = (await Inspect(id)).Value;
        await Later();
        Assert.Equal(new Money(-40_00), await Balance(Accounts.CustomerRefund(new((await Find(id)).Bills[0].Id.Value))));

        Wechat.Refund = null;
        Assert.Equal("payments.refund_taken_by_lease", (await Back(41_00, "b")).Refusals[0].Code);
        _ = (await Back(40_00, "c")).Value;
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
    public async Task Devices_come_by_a_sheet_that_may_come_twice_and_another_operator_sees_none_of_them()
    {
        await Open(2);
        Assert.Equal(new DevicesReceived(1, 2), (await Receive($"序列号\n{Serial(1)}\n{Serial(2)}\n{Serial(3)}")).Value);
        var faults = (await Receive("序列号\n设备\nSN99999\nSN99999")).Refusals;
        Assert.Equal(["leases.line_no_serial", "leases.line_twice"], faults.Select(f => f.Code));
        Assert.All(faults, f => Assert.Contains($"第 {f.Arguments[0]} 行", Services.GetRequiredService<Texts>().Of(f), StringComparison.Ordinal));
        await Begun();

        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);
        Assert.Empty(await With<DeviceList, IReadOnlyList<Device>>(d => d.FindAsync(null, null, 0, 9, Cancel), other));
        Assert.Empty(await With<LeaseList, IReadOnlyList<LeaseSummary>>(l => l.AllAsync(new(), 0, 9, Cancel), other));
        Assert.Empty(await With<DeviceModels, IReadOnlyList<DeviceModel>>(m => m.AllAsync(Cancel), other));
    }

    private Task<Result<Done>> Restock(LeaseId id) => With<IServiceProvider, Result<Done>>(async services =>
        await services.GetRequiredService<MoveDevice>().RunAsync((await Find(id)).Lease.Serial, DeviceState.InStock, "检验完好", Cancel));

    private async Task<IEnumerable<string>> Cases()
    {
        await With<CompareAll>(c => c.RunAsync(Cancel));
        return (await With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(), 0, 50, Cancel))).Select(c => c.Kind);
    }
}
