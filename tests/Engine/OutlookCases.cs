using HaoSuan.Identity;
using HaoSuan.Notifications;
using HaoSuan.Orders;
using HaoSuan.Outlook;
using HaoSuan.Settling.Outlook;

namespace HaoSuan.Tests.Engine;

public sealed class Outlook_on_sqlite(SqliteDatabases engine) : OutlookCases(engine);

public sealed class Outlook_on_postgres(PostgresDatabases engine) : OutlookCases(engine);

public abstract class OutlookCases(Databases engine) : SettlementsTest(engine)
{
    /// <summary>A first top-up of 50 within 30 days, paid 7 days later; in service at the end of the next month, once the upstream confirms.</summary>
    private const string Scheme = """
        {"stages":[
          {"key":"topped","name":"首充","upstream":"60.00","when":[{"fact":"topped_up","at_least":"50.00","within_days":30,"after":"activated"}],
           "release":{"mode":"days","days":7}},
          {"key":"month","name":"次月在网","upstream":"40.00","when":[{"normal_at_month_end":2,"after":"activated"}],
           "release":{"mode":"monthly","months":1,"day":15,"await":"upstream_confirmed"}},
          {"key":"calm","name":"三日无停机","upstream":"20.00","when":[{"quiet":["suspended"],"for_days":3,"after":"activated"}],
           "release":{"mode":"days","days":1}}],
         "clawback":[{"on":["cancelled"],"within_days":40,"after":"activated","keep":"none"}]}
        """;

    private readonly List<WarningRaised> _raised = [];

    protected override IServiceCollection Configure(IServiceCollection services) =>
        services.AddSingleton(_raised).Follow<WarningRaised, Listener>();

    private sealed class Listener(List<WarningRaised> raised) : IFollow<WarningRaised>
    {
        public Task FollowAsync(WarningRaised happened, CancellationToken cancel)
        {
            raised.Add(happened);
            return Task.CompletedTask;
        }
    }

    private Task<OrderId> Order(ProductId product) => Order(product, Time.Now, default,
    [
        Member(Parent, ("topped", 50_00), ("month", 30_00), ("calm", 10_00)),
        Member(Seller, ("topped", 40_00), ("month", 30_00), ("calm", 8_00)),
    ]);

    /// <summary>An order that was activated on 2026-03-01: the top-up is due on the last of the month, in service at the end of April.</summary>
    private async Task<OrderId> Activated()
    {
        var order = await Order(await Product(scheme: Scheme));
        await Record(order, "activated");
        return order;
    }

    private async Task Watch()
    {
        await Drain();
        var runner = Services.GetRequiredService<JobRunner>();
        await runner.RunAsync(Services.GetServices<RecurringJob>().Single(j => j.Name == WatchOrders.Name), Cancel);
        await Drain();
    }

    private void GoTo(int month, int day) =>
        Time.SetUtcNow(new DateTimeOffset(2026, month, day, 6, 0, 0, TimeSpan.FromHours(8)));

    private Task<IReadOnlyList<Warning>> Open(DistributorId distributor, bool actionable = true) =>
        With<Warnings, IReadOnlyList<Warning>>(w => w.OpenAsync(distributor, actionable, 0, 20, Cancel));

    private Task<IReadOnlyList<ForecastDay>> Days(DistributorId distributor) =>
        With<Expectations, IReadOnlyList<ForecastDay>>(e => e.DaysAsync(distributor, Cancel));

    private async Task<Dictionary<WarningOutcome, (int Orders, long Fen)>> Ended(bool actionable = true) =>
        (await With<Warnings, IReadOnlyList<WarningsEnded>>(w => w.EndedAsync(actionable, Instant.MinValue, Cancel)))
            .ToDictionary(e => e.Outcome, e => (e.Orders, e.Amount.Minor));

    [Fact]
    public async Task A_deadline_is_warned_of_seven_days_before_it_and_not_earlier()
    {
        var order = await Activated();
        GoTo(3, 24);
        await Watch();
        Assert.Empty(await Open(Seller));

        GoTo(3, 26);
        await Watch();

        var warning = Assert.Single(await Open(Seller));
        Assert.Equal((order, DeadlineKind.Happen, "首充"), (warning.OrderId, warning.Kind, warning.StageName));
        Assert.Equal((Zone.Shanghai.StartOf(new(2026, 4, 1)), 40_00L), (warning.Deadline, warning.Amount!.Value.Minor));
        Assert.Equal("须完成：充值，累计达到 50.00，激活后 30 天内", warning.Advice);
        Assert.Equal(10_00, (await With<Warnings, Money>(w => w.SumAsync(Parent, true, Cancel))).Minor);
    }

    [Fact]
    public async Task Watching_again_warns_nobody_twice()
    {
        await Activated();
        GoTo(3, 26);
        await Watch();
        await Watch();
        GoTo(3, 27);
        await Watch();

        Assert.Equal([Parent, Seller], _raised.Where(r => r.Kind == DeadlineKind.Happen).Select(r => r.DistributorId).Order(ById));
        Assert.Equal(1, await With<Warnings, int>(w => w.CountAsync(Seller, true, Cancel)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(59)]
    public async Task Everybody_has_heard_of_a_deadline_seven_days_before_it_even_where_the_watch_comes_once_an_hour(int minute)
    {
        await Activated();
        var lead = Zone.Shanghai.StartOf(new(2026, 3, 25));
        Time.SetUtcNow((lead - TimeSpan.FromHours(6)).ToDateTimeOffset().AddMinutes(minute));
        for (; Time.Now < lead + TimeSpan.FromHours(6); Time.Advance(TimeSpan.FromHours(1)))
        {
            await Watch();
            if (_raised.Exists(r => r.Kind == DeadlineKind.Happen)) break;
        }

        Assert.True(Time.Now >= lead - TimeSpan.FromHours(1) && Time.Now <= lead, $"{Time.Now}");
        Assert.Equal(lead + WatchOrders.Lead, _raised.First(r => r.Kind == DeadlineKind.Happen).Deadline);
    }

    [Fact]
    public async Task A_window_of_less_than_seven_days_is_warned_of_by_the_watch_that_follows_its_opening()
    {
        const string oneDay = """
            {"stages":[{"key":"topped","name":"当日首充","upstream":"60.00",
              "when":[{"fact":"topped_up","at_least":"50.00","within_days":0,"after":"activated"}],"release":{"mode":"days","days":7}}]}
            """;
        var order = await Order(await Product(scheme: oneDay), Time.Now, default, [Member(Seller, ("topped", 40_00))]);
        await Watch();
        Assert.Empty(await Open(Seller));

        Time.SetUtcNow(new DateTimeOffset(2026, 3, 5, 22, 30, 0, TimeSpan.FromHours(8)));
        await Record(order, "activated");
        Time.Advance(TimeSpan.FromMinutes(1));
        await Watch();

        Assert.Equal(Zone.Shanghai.StartOf(new(2026, 3, 6)), Assert.Single(_raised).Deadline);
        Assert.Single(await Open(Seller));
    }

    [Fact]
    public async Task The_watch_looks_at_an_order_again_when_something_is_known_of_it_or_a_deadline_is_near_and_else_never()
    {
        var order = await Activated();
        await Watch();
        Assert.Equal(Zone.Shanghai.StartOf(new(2026, 3, 5)), await NextLookAt(order));        // three calm days end

        GoTo(3, 5);
        await Watch();
        var topUp = Zone.Shanghai.StartOf(new(2026, 4, 1)) - WatchOrders.Horizon;
        Assert.Equal(Zone.Shanghai.StartOf(new(2026, 3, 6)), await NextLookAt(order));        // they are released
        GoTo(3, 6);
        await Watch();
        Assert.Equal(topUp, await NextLookAt(order));

        await Record(order, "cancelled");
        Assert.Equal(Time.Now, await NextLookAt(order));
        await Watch();
        Assert.Null(await NextLookAt(order));
    }

    [Fact]
    public async Task A_fact_that_nobody_else_follows_costs_no_delivery()
    {
        var order = await Activated();
        await Watch();

        await Record(order, "suspended");

        Assert.Equal(0, await Drain());
        Assert.Equal(Time.Now, await NextLookAt(order));
    }

    private Task<Instant?> NextLookAt(OrderId order) =>
        With<Db, Instant?>(db => db.Set<DueRow>().Where(d => d.DueFor == DueFor.Outlook && d.OrderId == order)
            .Select(d => (Instant?)d.DueAt).SingleOrDefaultAsync(Cancel));

    [Fact]
    public async Task The_sellers_user_and_the_parents_find_the_warning_in_their_inboxes_each_with_his_own_amount()
    {
        Dictionary<DistributorId, UserId> users = [];
        foreach (var distributor in new[] { Parent, Seller })
        {
            users[distributor] = (await With<Users, Result<UserId>>(u => u.CreateAsync(
                $"user{users.Count}", "haosuan-2026", Identity.Role.Distributor, distributor, Cancel))).Value;
        }
        await Activated();
        GoTo(3, 26);
        await Watch();
        await Watch();

        foreach (var (distributor, amount) in new[] { (Parent, "￥10.00"), (Seller, "￥40.00") })
        {
            var told = Assert.Single(await With<Inbox, IReadOnlyList<Told>>(i => i.ListAsync(users[distributor], null, 0, 9, Cancel)));
            Assert.Contains($"「首充」还没有达成，最后一天是 2026-03-31，达成可得 {amount}", told.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_done_in_time_ends_the_warning_as_met()
    {
        var order = await Activated();
        GoTo(3, 26);
        await Watch();
        await Record(order, "topped_up", amount: new(50_00));

        Assert.Null(Assert.Single(await Open(Seller)).Advice);
        await Watch();

        Assert.Empty(await Open(Seller));
        Assert.Equal((1, 50_00L), (await Ended())[WarningOutcome.Met]);
    }

    [Fact]
    public async Task What_was_not_done_in_time_ends_the_warning_as_missed()
    {
        await Activated();
        GoTo(3, 26);
        await Watch();
        GoTo(4, 1);
        Assert.Empty(await Open(Seller));
        await Watch();

        Assert.Equal((1, 50_00L), (await Ended())[WarningOutcome.Missed]);
    }

    [Fact]
    public async Task A_fact_that_is_learned_late_turns_a_missed_warning_into_a_met_one()
    {
        var order = await Activated();
        GoTo(3, 26);
        await Watch();
        GoTo(4, 1);
        await Watch();
        await Record(order, "topped_up", Zone.Shanghai.StartOf(new(2026, 3, 31)), new(50_00));
        GoTo(4, 2);
        await Watch();

        Assert.Equal([(WarningOutcome.Met, (1, 50_00L))], (await Ended()).Select(e => (e.Key, e.Value)));
        Assert.Equal(1, _raised.Count(r => r.Kind == DeadlineKind.Happen && r.DistributorId == Seller));
    }

    [Fact]
    public async Task A_warning_whose_ground_is_withdrawn_is_lifted()
    {
        var order = await Order(await Product(scheme: Scheme));
        var activated = await Record(order, "activated");
        GoTo(3, 26);
        await Watch();
        Time.Advance(TimeSpan.FromMinutes(1));
        await Record(order, "void", of: activated);
        await Watch();

        Assert.Empty(await Open(Seller));
        Assert.Equal(WarningOutcome.Lifted, Assert.Single(await Ended()).Key);
    }

    [Fact]
    public async Task A_suspended_number_has_to_be_resumed_before_the_month_ends_as_often_as_it_is_suspended()
    {
        var order = await Activated();
        GoTo(4, 25);
        await Record(order, "suspended", attributes: new() { ["kind"] = "single" });
        await Watch();
        Assert.Equal("2026-04-25 06:00 起停机，月底前须复机", Assert.Single(await Open(Seller)).Advice);

        GoTo(4, 26);
        await Record(order, "resumed");
        await Watch();
        Assert.Empty(await Open(Seller));
        Assert.Contains(DeadlineKind.StayInService, (await Open(Seller, actionable: false)).Select(w => w.Kind));

        GoTo(4, 27);
        await Record(order, "suspended");
        await Watch();
        Assert.Equal(DeadlineKind.Resume, Assert.Single(await Open(Seller)).Kind);
        Assert.Equal(2, _raised.Count(r => r.Kind == DeadlineKind.Resume && r.DistributorId == Seller));
    }

    [Fact]
    public async Task An_open_clawback_window_says_what_it_would_take()
    {
        await Activated();
        GoTo(4, 6);
        await Watch();

        var warning = Assert.Single(await Open(Seller, actionable: false), w => w.Kind == DeadlineKind.Clawback);
        Assert.Equal((8_00L, "如销户，已得佣金全部扣回"), (warning.Amount!.Value.Minor, warning.Advice));
        GoTo(4, 11);
        await Watch();
        Assert.Equal((1, 10_00L), (await Ended(actionable: false))[WarningOutcome.Met]);
    }

    [Fact]
    public async Task An_order_that_has_ended_is_warned_of_no_more()
    {
        var order = await Activated();
        await Record(order, "cancelled");
        GoTo(3, 26);
        await Watch();

        Assert.Empty(await Open(Seller));
        Assert.Empty(await Open(Seller, actionable: false));
    }

    [Fact]
    public async Task The_forecast_tells_day_by_day_what_is_certain_expected_and_awaiting_the_upstream()
    {
        var order = await Activated();
        GoTo(3, 3);
        await Record(order, "topped_up", amount: new(50_00));
        await Watch();

        Assert.Equal(
            [new ForecastDay(new(2026, 3, 6), new(0), new(8_00), new(0), 1), new(new(2026, 3, 10), new(40_00), new(0), new(0), 1),
             new(new(2026, 6, 15), new(0), new(0), new(30_00), 1)],
            await Days(Seller));
        var release = Assert.Single(await With<Expectations, IReadOnlyList<ExpectedRelease>>(e => e.OfDayAsync(Seller, new(2026, 3, 10), 0, 9, Cancel)));
        Assert.Equal((order, "首充", Certainty.Certain, 40_00L), (release.OrderId, release.StageName, release.Certainty, release.Amount.Minor));
    }

    [Fact]
    public async Task The_forecast_follows_what_happens()
    {
        var order = await Activated();
        await Watch();
        Assert.Equal([new(2026, 3, 6), new(2026, 6, 15)], (await Days(Seller)).Select(d => d.Day));

        GoTo(3, 3);
        await Record(order, "suspended");
        await Watch();
        Assert.Empty(await Days(Seller));

        Assert.Equal(Instant.From(Time.GetUtcNow()), await With<Expectations, Instant?>(e => e.AsOfAsync(Cancel)));
    }

    [Fact]
    public async Task The_office_sees_what_is_at_stake_by_deadline_and_product()
    {
        var product = await Product(scheme: Scheme);
        foreach (var order in new[] { await Order(product), await Order(product) }) await Record(order, "activated");
        GoTo(3, 26);
        await Watch();

        var total = Assert.Single(await With<Warnings, IReadOnlyList<WarningTotal>>(w => w.TotalsAsync(true, Cancel)));
        Assert.Equal((Zone.Shanghai.StartOf(new(2026, 4, 1)), product, 2, 100_00L), (total.Deadline, total.ProductId, total.Orders, total.Amount.Minor));
    }

    [Fact]
    public async Task Another_operator_sees_none_of_it()
    {
        await Activated();
        GoTo(3, 26);
        await Watch();
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);

        Assert.Equal(0, await With<Warnings, int>(w => w.CountAsync(null, true, Cancel), other));
        Assert.Empty(await With<Expectations, IReadOnlyList<ForecastDay>>(e => e.DaysAsync(Seller, Cancel), other));
    }

    private static readonly Comparer<DistributorId> ById = Comparer<DistributorId>.Create((a, b) => a.Value.CompareTo(b.Value));
}
