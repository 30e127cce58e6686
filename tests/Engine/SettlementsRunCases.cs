using HaoSuan.Ledger;
using HaoSuan.Settlements;

namespace HaoSuan.Tests.Engine;

public sealed class Settlements_run_on_sqlite(SqliteDatabases engine) : SettlementsRunCases(engine);

public sealed class Settlements_run_on_postgres(PostgresDatabases engine) : SettlementsRunCases(engine);

public abstract class SettlementsRunCases(Databases engine) : SettlementsTest(engine)
{
    private async Task<OrderId> ActivatedOrder(Money paid = default)
    {
        var order = await Order(await Product(), paid);
        await Record(order, "activated");
        return order;
    }

    private Task<SettledOrderRow> Row(OrderId order) =>
        With<Db, SettledOrderRow>(db => db.Set<SettledOrderRow>().SingleAsync(o => o.OrderId == order, Cancel));

    [Fact]
    public async Task What_is_earned_is_pending_and_becomes_available_when_it_matures()
    {
        var order = await ActivatedOrder(new(9_90));

        var report = await Run();

        Assert.Equal((1, 0, 1), (report.Orders, report.Refused, report.Entries));
        Assert.Equal((9_90, 120_00, 100_00, 20_00), (report.Sales.Minor, report.Upstream.Minor, report.Commission.Minor, report.Margin.Minor));
        Assert.Equal((80_00, 0), await Balance(Seller));
        Assert.Equal((20_00, 0), await Balance(Parent));
        Assert.Equal(SettlementState.Pending, (await Row(order)).State);

        Time.Advance(TimeSpan.FromDays(7));
        report = await Run();

        Assert.Equal((1, 1, 0), (report.Orders, report.Entries, report.Commission.Minor));
        Assert.Equal((0, 80_00), await Balance(Seller));
        Assert.Equal(new Money(-120_00), await Owed(Accounts.UpstreamReceivable(Upstream)));
        Assert.Equal(SettlementState.Settled, (await Row(order)).State);
        await AssertSound();
    }

    [Fact]
    public async Task A_second_run_at_the_same_instant_posts_nothing()
    {
        await ActivatedOrder();
        await Run();

        var report = await Run();

        Assert.Equal((0, 0), (report.Orders, report.Entries));
        Assert.Equal((80_00, 0), await Balance(Seller));
    }

    [Fact]
    public async Task A_run_visits_only_what_changed_or_matures()
    {
        var product = await Product();
        var (first, _) = (await Order(product), await Order(product));
        Assert.Equal(2, (await Run()).Orders);

        await Record(first, "activated");

        Assert.Equal(1, (await Run()).Orders);
        Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await Run()).Orders);
    }

    [Fact]
    public async Task A_late_fact_is_settled_as_if_it_had_been_known()
    {
        var order = await Order(await Product());
        var happened = Time.Now;
        Time.Advance(TimeSpan.FromDays(20));
        await Run();

        await Record(order, "activated", happened);
        await Run();

        Assert.Equal((0, 80_00), await Balance(Seller));
    }

    [Fact]
    public async Task A_void_takes_back_what_the_fact_had_brought()
    {
        var order = await Order(await Product());
        var activated = await Record(order, "activated");
        await Run();

        await Record(order, "void", of: activated);
        await Run();

        Assert.Equal((0, 0), await Balance(Seller));
        Assert.Equal(new Money(0), await Owed(Accounts.UpstreamCommission));
        Assert.Equal(SettlementState.TakenBack, (await Row(order)).State);
        await AssertSound();
    }

    [Fact]
    public async Task What_was_paid_out_is_clawed_back_below_zero()
    {
        var order = await ActivatedOrder();
        Time.Advance(TimeSpan.FromDays(8));
        await Run();
        await With<Journal>(j => j.PostAsync(new HaoSuan.Ledger.Entry("payout-paid", "p", Time.Now, "PO1",
            [new(Accounts.Available(Seller), new(80_00)), new(Accounts.Bank, new(-80_00))]), Cancel));

        await Record(order, "cancelled");
        await Run();

        Assert.Equal((0, -130_00), await Balance(Seller));
        Assert.Equal(new Money(50_00), await Owed(Accounts.Penalty));
        Assert.Equal(new Money(0), await Owed(Accounts.Commission));
        await AssertSound();
    }

    [Fact]
    public async Task An_order_whose_terms_contradict_each_other_is_reported_and_does_not_stop_the_others()
    {
        var product = await Product();
        var wrong = await Order(product, Time.Now, default, [Member(Parent, ("first", 10_00)), Member(Seller, ("first", 20_00))]);
        var right = await Order(product);
        foreach (var order in new[] { wrong, right }) await Record(order, "activated");

        var report = await Run();

        Assert.Equal((2, 1, 1), (report.Orders, report.Refused, report.Entries));
        var row = await Row(wrong);
        Assert.Equal((SettlementState.Refused, "settlements.rate_above_parent"), (row.State, RefusalText.Read(row.Refusal!).Code));
        Assert.Equal(0, (await Run()).Orders);
    }

    [Fact]
    public async Task Two_runs_at_once_post_nothing_twice()
    {
        var product = await Product();
        for (var i = 0; i < 30; i++) await Record(await Order(product), "activated");

        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Run, Cancel)));

        Assert.Equal(30, reports.Sum(r => r.Entries));
        Assert.Equal((30 * 80_00, 0), await Balance(Seller));
        Assert.Equal(30 * 100_00, reports.Sum(r => r.Commission.Minor));
        await AssertSound();
    }

    [Fact]
    public async Task Facts_that_come_in_during_a_run_are_not_lost()
    {
        var product = await Product();
        List<OrderId> orders = [];
        for (var i = 0; i < 20; i++) orders.Add(await Order(product));

        await Task.WhenAll(
            Task.Run(async () => { foreach (var order in orders) await Record(order, "activated"); }, Cancel),
            Task.Run(async () => { for (var i = 0; i < 5; i++) await Run(); }, Cancel));
        await Run();

        Assert.Equal((20 * 80_00, 0), await Balance(Seller));
        await AssertSound();
    }

    [Fact]
    public async Task A_run_that_is_cut_off_is_finished_by_the_next()
    {
        var product = await Product();
        for (var i = 0; i < 10 + 20; i++) await Record(await Order(product), "activated");
        var cut = new RunId(Guid.CreateVersion7(Time.GetUtcNow()));
        await With<Db>(db => db.InTransaction(() => Task.FromResult(db.Add(new RunRow { Id = cut, AsOf = Time.Now, StartedAt = Time.Now })), Cancel));
        await With<SettleOrders, int>(s => s.PartAsync(cut, Time.Now, new([]), 10, Cancel));

        var report = await Run();

        Assert.Equal((20, 20), (report.Orders, report.Entries));
        Assert.Equal(((10 + 20) * 80_00, 0), await Balance(Seller));
        await AssertSound();
    }

    [Fact]
    public async Task A_run_as_of_an_earlier_instant_does_not_undo_a_later_one()
    {
        var order = await ActivatedOrder();
        var before = Time.Now;
        Time.Advance(TimeSpan.FromDays(8));
        await Run();
        Time.AdjustTime(Time.GetUtcNow() - TimeSpan.FromDays(7));
        await Record(order, "topped_up");

        await With<RunSettlement, RunReport>(r => r.RunAsync(Time.Now, Cancel));

        Assert.Equal((0, 80_00), await Balance(Seller));
        Assert.True(before < (await Row(order)).AsOf);
    }
}
