using System.Data.Common;
using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Leases;
using HaoSuan.Ledger;
using HaoSuan.Notifications;
using HaoSuan.Payments;

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
    public async Task One_person_has_three_devices_at_most_also_where_he_asks_for_many_at_once()
    {
        await Open(6);

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Place(person: 900), Cancel)));

        Assert.Equal(3, results.Count(r => !r.IsRefused));
        Assert.All(results.Where(r => r.IsRefused), r => Assert.Equal(("leases.too_many", "IdNumber"), (r.Refusals[0].Code, r.Refusals[0].Field)));
        Assert.False((await Place()).IsRefused);
        _ = (await CallOff(results.First(r => !r.IsRefused).Value.Id)).Value;
        Assert.False((await Place(person: 900)).IsRefused);
    }

    [Fact]
    public async Task Below_whoever_has_left_nothing_is_leased_as_no_card_is_ordered()
    {
        await Open(1);
        var top = await With<Samples, DistributorId>(s => s.DistributorAsync("T1"));
        _ = (await With<MoveDistributor, Result<Done>>(m => m.RunAsync(new(Seller, top, "归属调整"), Cancel))).Value;
        _ = (await With<Activate, Result<Done>>(a => a.RunAsync(top, false, Cancel))).Value;

        Assert.Equal("leases.not_on_offer", (await Place()).Refusals[0].Code);
        _ = (await With<Activate, Result<Done>>(a => a.RunAsync(top, true, Cancel))).Value;
        Assert.False((await Place()).IsRefused);
    }

    [Fact]
    public async Task Whoever_has_read_the_contract_of_before_leases_nothing_by_the_new_one()
    {
        await Open(1);
        var read = await Contract();
        _ = (await With<SaveModel, Result<DeviceModelId>>(s => s.RunAsync(Model, Terms with { MonthlyFee = "60.00" }, Cancel))).Value;

        var refused = await Place(read);

        Assert.Equal(("leases.contract_changed", "Consent"), (refused.Refusals[0].Code, refused.Refusals[0].Field));
        Assert.Equal(new Money(160_00), (await Place()).Value.ToPay);
    }

    [Fact]
    public async Task Consumers_who_come_at_once_never_get_more_devices_than_there_are()
    {
        await Open(4);

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => Place(), Cancel)));

        Assert.Equal(4, results.Count(r => !r.IsRefused));
        Assert.All(results.Where(r => r.IsRefused), r => Assert.Equal("leases.none_left", r.Refusals[0].Code));
        var all = await With<LeaseList, IReadOnlyList<LeaseSummary>>(l => l.AllAsync(new(), 0, 50, Cancel));
        Assert.Equal([Serial(1), Serial(2), Serial(3), Serial(4)], all.Select(l => l.Serial).Order(StringComparer.Ordinal));
        var counts = await With<DeviceList, IReadOnlyList<DeviceCount>>(d => d.CountAsync(Cancel));
        Assert.Equal(new DeviceCount(Model, DeviceState.Reserved, 4), Assert.Single(counts));
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
    public async Task A_lease_that_fails_keeps_no_other_from_its_turn()
    {
        await Open(2);
        await Begun();
        Time.Advance(TimeSpan.FromDays(1));
        var sound = await Begun();
        await Tamper($"update lease set terms = '' where serial = '{Serial(1)}'");
        Time.Advance(TimeSpan.FromDays(31));

        await Assert.ThrowsAsync<AggregateException>(() => With<BillLeases>(b => b.RunAsync(Cancel)));

        Assert.Equal(2, (await Find(sound)).Bills.Count);
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
        Assert.Equal((new Money(-60_00), new Money(-5_00)), (await Balance(Accounts.Rental), await Balance(Accounts.LeasePenalty)));
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
        Assert.Equal((new Money(-30_00), new Money(-55_00)), (await Balance(Accounts.LeasePenalty), await Balance(Accounts.Damage)));
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
        await Days(10);
        _ = (await Announce(id)).Value;
        await Days(28);
        Assert.DoesNotContain((await Find(id)).Bills, b => b.Kind == LeaseBillKind.Monthly);
        Assert.Equal(["leases.case_not_back"], await Cases());

        _ = (await Keep(id)).Value;
        await Jobs();

        var kept = await Sound(id);
        Assert.Equal(LeaseState.Active, kept.Lease.State);
        Assert.Equal(new DateOnly(2026, 4, 13), Assert.Single(kept.Bills, b => b.Kind == LeaseBillKind.Monthly).Due);
        Assert.DoesNotContain(kept.Bills, b => b.Kind == LeaseBillKind.LateFee);
        await Days(31);
        Assert.Equal(2, (await Sound(id)).Bills.Count(b => b.Kind == LeaseBillKind.Monthly));
    }

    [Fact]
    public async Task A_device_that_was_to_come_back_and_has_not_after_thirty_days_is_leased_on()
    {
        await Open(1);
        var id = await Begun();
        await Days(10);
        _ = (await Announce(id)).Value;
        await Days(30);
        Assert.Equal((LeaseState.Returning, 1), (await State(id), (await Find(id)).Bills.Count));

        await Days(1);

        var lease = await Sound(id);
        Assert.Equal((LeaseState.Active, "ReturnLapsed"), (lease.Lease.State, lease.Steps[^1].Event));
        Assert.Null(lease.EndsOn);
        Assert.Equal(new DateOnly(2026, 4, 16), Assert.Single(lease.Bills, b => b.Kind == LeaseBillKind.Monthly).Due);
    }

    [Fact]
    public async Task What_the_deposit_does_not_cover_is_owed_until_it_is_paid_or_written_off()
    {
        await Open(2);
        var (pays, gone) = (await Begun(), await Begun());
        foreach (var id in new[] { pays, gone })
        {
            _ = (await ComeBack(id)).Value;
            Assert.Null((await Find(id)).Quote);
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
}
