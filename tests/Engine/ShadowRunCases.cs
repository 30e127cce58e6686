using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Settlements;
using HaoSuan.Settling;

namespace HaoSuan.Tests.Engine;

public sealed class Shadow_runs_on_sqlite(SqliteDatabases engine) : ShadowRunCases(engine);

public sealed class Shadow_runs_on_postgres(PostgresDatabases engine) : ShadowRunCases(engine);

/// <summary>A version that is not live, settled beside the live one on real orders.</summary>
public abstract class ShadowRunCases(Databases engine) : SettlementsTest(engine)
{
    private const string NextMonth = """
        {"key":"second","name":"次月在网","upstream":"30.00","when":[{"normal_at_month_end":2,"after":"activated"}],"release":{"mode":"at_once"}}
        """;

    private static readonly Month March = new(2026, 3);

    /// <summary>It is to come into force after everything that is live.</summary>
    private Task<Result<int>> Draft(ProductId product, string json) =>
        With<DraftScheme, Result<int>>(d => d.RunAsync(product, json, Time.Now + TimeSpan.FromDays(900), cancel: Cancel));

    private static string With2(string stages) => Simple.Replace("\"days\":7}}]", $"\"days\":7}}}},{stages}]", StringComparison.Ordinal);

    private Task<Result<ShadowRunId>> Start(
        ProductId product, int version, Month? first = null, Month? last = null, Instant? asOf = null, params SupposedRate[] rates) =>
        With<StartShadowRun, Result<ShadowRunId>>(s => s.RunAsync(
            new(product, version, first ?? March, last ?? Month.Of(Zone.Shanghai.DateOf(Time.Now)), asOf) { Rates = rates }, Cancel));

    private async Task<ShadowRun> Find(ShadowRunId id) => (await With<ShadowRuns, ShadowRun?>(r => r.FindAsync(id, Cancel)))!;

    private Task<IReadOnlyList<ShadowOrder>> Orders(ShadowRunId id, ShadowReason? reason = null, DistributorId? distributor = null) =>
        With<ShadowRuns, IReadOnlyList<ShadowOrder>>(r => r.OrdersAsync(id, reason, distributor, 0, 100, Cancel));

    private async Task<ShadowRun> Compare(ProductId product, string json, params SupposedRate[] rates)
    {
        var version = (await Draft(product, json)).Value;
        var id = (await Start(product, version, rates: rates)).Value;
        await Drain();
        var run = await Find(id);
        Assert.NotNull(run.FinishedAt);
        AssertAddsUp(run.Outcome);
        return run;
    }

    /// <summary>What the reasons change, the stages and the distributors all say the same as the sums.</summary>
    private static void AssertAddsUp(ShadowOutcome outcome)
    {
        var (change, zero) = (new ShadowAmounts(outcome.Change.Upstream, outcome.Change.Commission), default(ShadowAmounts));
        Assert.Equal(change, outcome.Causes.Aggregate(zero, (sum, c) => sum + c.Change));
        Assert.Equal(change, outcome.Stages.Aggregate(zero, (sum, s) => sum + (s.Draft - s.Live)));
        Assert.Equal(change.Commission, outcome.Shares.Aggregate(Money.Zero, (sum, s) => sum + s.Draft - s.Live));
        Assert.Equal(outcome.Draft.Margin - outcome.Live.Margin, outcome.Change.Margin);
    }

    /// <summary>Three orders: activated, activated and cancelled ten days later, and neither.</summary>
    private async Task<(ProductId Product, OrderId Kept, OrderId Cancelled)> World(string scheme = Simple)
    {
        var product = await Product(scheme: scheme);
        var (kept, cancelled, _) = (await Order(product), await Order(product), await Order(product));
        await Record(kept, "activated");
        await Record(cancelled, "activated");
        Time.Advance(TimeSpan.FromDays(10));
        await Record(cancelled, "cancelled");
        return (product, kept, cancelled);
    }

    private static ShadowCause Only(ShadowRun run) => Assert.Single(run.Outcome.Causes);

    [Fact]
    public async Task A_version_that_equals_the_live_one_makes_no_difference()
    {
        var (product, _, _) = await World();

        var run = await Compare(product, Simple);

        Assert.Equal((3, 3, 0, 0), (run.Expected, run.Orders, run.Changed, run.Refused));
        Assert.Equal(ShadowSide.Nothing, run.Outcome.Change);
        Assert.Equal((120_00L, 50_00L), (run.Outcome.Live.Upstream.Minor, run.Outcome.Live.Commission.Minor));
        Assert.Empty(run.Outcome.Causes);
        Assert.Empty(await Orders(run.Id));
    }

    [Fact]
    public async Task A_higher_upstream_amount_changes_the_margin_alone()
    {
        var (product, kept, _) = await World();

        var run = await Compare(product, Simple.Replace("120.00", "130.00", StringComparison.Ordinal));

        Assert.Equal(new ShadowCause(ShadowReason.Amount, 1, new(new(10_00), default)), Only(run));
        Assert.Equal((10_00L, 0L, 10_00L), (run.Outcome.Change.Upstream.Minor, run.Outcome.Change.Commission.Minor, run.Outcome.Change.Margin.Minor));
        Assert.All(run.Outcome.Shares, s => Assert.Equal((0, s.Live), (s.Orders, s.Draft)));
        var order = Assert.Single(await Orders(run.Id));
        Assert.Equal((kept, 120_00L, 130_00L), (order.OrderId, order.Live.Upstream.Minor, order.Draft.Upstream.Minor));
    }

    [Fact]
    public async Task Nothing_of_a_shadow_run_is_booked()
    {
        var (product, _, _) = await World();
        await Run();
        var before = await Booked();

        await Compare(product, Simple.Replace("\"none\"", "\"prorata\"", StringComparison.Ordinal).Replace("120.00", "200.00", StringComparison.Ordinal));
        await Run();

        Assert.Equal(before, await Booked());
        await AssertSound();
    }

    private async Task<string> Booked()
    {
        var rows = await With<Db, List<SettledOrderRow>>(db => db.Set<SettledOrderRow>().OrderBy(o => o.OrderNo).ToListAsync(Cancel));
        var verified = await Verify();
        return $"{verified.Entries} {verified.Seal} {await Balance(Seller)} {await Balance(Parent)} "
            + string.Join(';', rows.Select(r => $"{r.OrderNo} {r.SettleCount} {r.Upstream} {Convert.ToHexString(r.Booked)}"));
    }

    [Fact]
    public async Task A_stage_that_only_the_draft_has_is_refused_without_rates_and_newly_earned_with_supposed_ones()
    {
        var (product, kept, _) = await World();
        Time.Advance(TimeSpan.FromDays(60));

        var without = await Compare(product, With2(NextMonth));
        var with = await Compare(product, With2(NextMonth), new SupposedRate("second", Rate.Amount(new(25_00)), Rate.Amount(new(20_00))));

        Assert.Equal((3, 0), (without.Refused, without.Changed));
        Assert.Equal(ShadowSide.Nothing, without.Outcome.Draft);
        Assert.Equal("settlements.rate_missing", (await Orders(without.Id, ShadowReason.Refused))[0].Refusal!.Code);
        Assert.Equal((0, 1), (with.Refused, with.Changed));
        Assert.Equal(new ShadowCause(ShadowReason.Earned, 1, new(new(30_00), new(25_00))), Only(with));
        Assert.Equal(new ShadowRates("second", 0, 3), Assert.Single(with.Outcome.Rates));
        Assert.Equal((20_00L, 5_00L), (with.Outcome.Change.Sale.Minor, with.Outcome.Change.Spread.Minor));
        var order = Assert.Single(await Orders(with.Id, ShadowReason.Earned, Seller));
        Assert.Equal((kept, "次月在网"), (order.OrderId, Assert.Single(order.Findings).Stage));
        Assert.Empty(await Orders(with.Id, ShadowReason.NotEarned));
        Assert.Empty(await Orders(with.Id, distributor: new(Guid.Empty)));
    }

    [Fact]
    public async Task A_stage_without_a_pinned_rate_takes_the_distributors_current_one()
    {
        var product = await Product();
        var seller = (await With<AddDistributor, Result<DistributorId>>(a => a.RunAsync(new("D1", "王五数码"), Cancel))).Value;
        await Record(await Order(product, Time.Now, default, [Member(seller, ("first", 80_00))]), "activated");
        // A version that comes into force later has the stage, so that its rates can be set.
        Assert.Equal(2, (await With<PublishScheme, Result<int>>(
            p => p.RunAsync(product, With2(NextMonth), Time.Now + TimeSpan.FromDays(200), Cancel))).Value);
        Assert.False((await With<SetRate, Result<Done>>(s => s.RunAsync(new(seller, product, "second", Rate.Amount(new(18_00))), Cancel))).IsRefused);
        Time.Advance(TimeSpan.FromDays(70));

        var run = await Compare(product, With2(NextMonth), new SupposedRate("second", Rate.Amount(new(1_00)), Rate.Amount(new(1_00))));

        Assert.Equal((3, 0, 1), (run.Version, run.Refused, run.Changed));
        Assert.Equal(18_00, run.Outcome.Change.Commission.Minor);
        Assert.Equal(new ShadowRates("second", 1, 0), Assert.Single(run.Outcome.Rates));
    }

    [Fact]
    public async Task A_chain_that_the_draft_does_not_allow_is_refused_by_name_and_stands_in_no_sum()
    {
        var product = await Product(scheme: Simple.Replace("{\"stages\"", "{\"differential\":\"highest\",\"stages\"", StringComparison.Ordinal));
        await Record(await Order(product), "activated");
        var above = await Order(product, Time.Now, default, [Member(Parent, ("first", 80_00)), Member(Seller, ("first", 90_00))]);
        await Record(above, "activated");

        var run = await Compare(product, Simple);

        Assert.Equal((2, 0, 1), (run.Orders, run.Changed, run.Refused));
        Assert.Equal(ShadowReason.Refused, Only(run).Reason);
        Assert.Equal((120_00L, 100_00L), (run.Outcome.Live.Upstream.Minor, run.Outcome.Live.Commission.Minor));
        Assert.Equal(run.Outcome.Live, run.Outcome.Draft);
        var order = Assert.Single(await Orders(run.Id));
        Assert.Equal((above, "settlements.rate_above_parent", 90_00L), (order.OrderId, order.Refusal!.Code, order.Live.Commission.Minor));
    }

    [Fact]
    public async Task Releases_clawbacks_and_conditions_are_told_apart()
    {
        var (product, kept, cancelled) = await World();

        var later = await Compare(product, Simple.Replace("\"days\":7", "\"days\":30", StringComparison.Ordinal));
        var sooner = await Compare(product, Simple.Replace("\"days\":7", "\"days\":1", StringComparison.Ordinal));
        var milder = await Compare(product, Simple.Replace("\"keep\":\"none\",\"penalty\":\"50.00\"", "\"keep\":\"prorata\"", StringComparison.Ordinal));
        var stricter = await Compare(product, Simple.Replace("\"fact\":\"activated\"", "\"fact\":\"topped_up\"", StringComparison.Ordinal));

        Assert.Equal((ShadowReason.ReleasedLater, default), (Only(later).Reason, Only(later).Change));
        Assert.Equal(-100_00, later.Outcome.Change.Available.Minor);
        Assert.Equal(ShadowReason.ReleasedEarlier, Only(sooner).Reason);
        var released = Assert.Single(Assert.Single(await Orders(sooner.Id)).Findings);
        Assert.True(released.DraftRelease < released.LiveRelease);
        Assert.Equal(ShadowReason.Clawback, Only(milder).Reason);
        var kinds = Assert.Single(await Orders(milder.Id));
        Assert.Equal(cancelled, kinds.OrderId);
        Assert.Equal([("0/1", "10/90"), (null, null)], kinds.Findings.Select(f => (f.LiveKept, f.DraftKept)));
        Assert.Equal(50_00, milder.Outcome.Change.Penalty.Minor);
        Assert.Equal(ShadowReason.NotEarned, Only(stricter).Reason);
        Assert.Equal(kept, Assert.Single(await Orders(stricter.Id)).OrderId);
        Assert.Equal(-120_00, stricter.Outcome.Change.Upstream.Minor);
    }

    [Fact]
    public async Task Only_orders_of_the_months_and_what_was_known_then_count()
    {
        var product = await Product();
        await Record(await Order(product), "activated");
        var known = Time.Now;
        Time.Advance(TimeSpan.FromDays(31));
        await Record(await Order(product), "activated");
        var version = (await Draft(product, Simple.Replace("120.00", "130.00", StringComparison.Ordinal))).Value;

        var march = (await Start(product, version, March, March)).Value;
        var april = (await Start(product, version, March + 1, March + 1)).Value;
        var then = (await Start(product, version, asOf: known - TimeSpan.FromSeconds(1))).Value;
        await Drain();

        Assert.Equal((1, 10_00), ((await Find(march)).Orders, (await Find(march)).Outcome.Change.Upstream.Minor));
        Assert.Equal((1, 10_00), ((await Find(april)).Orders, (await Find(april)).Outcome.Change.Upstream.Minor));
        Assert.Equal((0, 0), ((await Find(then)).Orders, (await Find(then)).Outcome.Change.Upstream.Minor));
    }

    [Fact]
    public async Task A_run_goes_on_part_by_part_and_a_part_delivered_twice_counts_once()
    {
        var product = await Product();
        for (var i = 0; i < 7; i++) await Record(await Order(product), "activated");       // all of one instant
        var id = (await Start(product, (await Draft(product, Simple.Replace("120.00", "130.00", StringComparison.Ordinal))).Value)).Value;

        foreach (var part in new[] { 0, 0, 1, 2, 1 })
        {
            await With<CompareShadowPart>(c =>
            {
                c.Size = 3;
                return c.FollowAsync(new(id, part), Cancel);
            });
        }

        var run = await Find(id);
        Assert.Equal((7, 7, 70_00L), (run.Orders, run.Changed, run.Outcome.Change.Upstream.Minor));
        Assert.NotNull(run.FinishedAt);
        Assert.Equal(7, (await Orders(id)).Count);
        await Drain();
        Assert.Equal(run.Outcome.Change, (await Find(id)).Outcome.Change);
    }

    [Fact]
    public async Task Asked_twice_while_it_is_under_way_it_is_one_run()
    {
        var (product, _, _) = await World();
        var version = (await Draft(product, Simple)).Value;

        var first = (await Start(product, version)).Value;
        Assert.Equal(first, (await Start(product, version)).Value);
        Assert.NotEqual(first, (await Start(product, version, March + -1)).Value);
        await Drain();

        Assert.NotEqual(first, (await Start(product, version)).Value);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_beside_its_field()
    {
        var (product, _, _) = await World();
        var version = (await Draft(product, With2(NextMonth))).Value;

        async Task<(string, string?)> Refused(Task<Result<ShadowRunId>> start)
        {
            var refusal = Assert.Single((await start).Refusals);
            return (refusal.Code, refusal.Field);
        }

        Assert.Equal(("settlements.version_unknown", null), await Refused(Start(product, 9)));
        Assert.Equal(("settlements.shadow_months_reversed", "last"), await Refused(Start(product, version, March, March + -1)));
        Assert.Equal(("settlements.shadow_months_many", "last"), await Refused(Start(product, version, March + -24)));
        Assert.Equal(("settlements.shadow_month_future", "last"), await Refused(Start(product, version, last: March + 1)));
        Assert.Equal(("settlements.shadow_future", "asOf"), await Refused(Start(product, version, asOf: Time.Now + TimeSpan.FromDays(1))));
        Assert.Equal(("settlements.shadow_rate_above", "child-second"),
            await Refused(Start(product, version, rates: new SupposedRate("second", Rate.Amount(new(1)), Rate.Amount(new(2))))));
    }

    [Fact]
    public async Task Another_operator_finds_nothing_of_it()
    {
        var (product, _, _) = await World();
        var run = await Compare(product, Simple.Replace("120.00", "130.00", StringComparison.Ordinal));
        var other = await Services.GetRequiredService<Tenants>().AddAsync("other", "另一家", Cancel);

        Assert.Null(await With<ShadowRuns, ShadowRun?>(r => r.FindAsync(run.Id, Cancel), other));
        Assert.Equal(0, await With<ShadowRuns, int>(r => r.CountAsync(run.Id, null, null, Cancel), other));
    }
}
