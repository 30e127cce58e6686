using HaoSuan.Catalog;
using HaoSuan.Settlements;
using HaoSuan.Settling;

namespace HaoSuan.Tests.Engine;

public sealed class Shadow_bonuses_on_sqlite(SqliteDatabases engine) : ShadowBonusCases(engine);

public sealed class Shadow_bonuses_on_postgres(PostgresDatabases engine) : ShadowBonusCases(engine);

/// <summary>What a version that is not live changes in the bonuses of whole months, and how long the details are kept.</summary>
public abstract class ShadowBonusCases(Databases engine) : SettlementsTest(engine)
{
    private static readonly Month March = new(2026, 3);

    /// <summary>A card is earned only when it is topped up as well.</summary>
    private static readonly string Stricter = Simple.Replace(
        "\"after\":\"ordered\"}]", "\"after\":\"ordered\"},{\"fact\":\"topped_up\"}]", StringComparison.Ordinal);

    /// <summary>A card is earned thirty quiet days later: in April.</summary>
    private static readonly string Later = Simple.Replace(
        "\"after\":\"ordered\"}]", "\"after\":\"ordered\"},{\"quiet\":[\"cancelled\"],\"for_days\":30,\"after\":\"activated\"}]", StringComparison.Ordinal);

    private static string Bonus(string key, string scope, string products = "") => $$$"""
        {"key":"{{{key}}}",{{{products}}}"stage":"first","period":"month","scope":"{{{scope}}}","basis":"whole",
         "tiers":[{"from":1,"per_card":"1.00"},{"from":3,"per_card":"5.00"}],"release":{"mode":"days","days":10}}
        """;

    /// <summary>Two cards of GD29, one of them topped up, and one of another product, all in March; three cards pay 5.00 each, two 1.00.</summary>
    private async Task<ProductId> World(params string[] bonuses)
    {
        var (product, other) = (await Product(), await Product("LT39"));
        foreach (var bonus in bonuses) await With<PublishBonus>(async p => Assert.False((await p.RunAsync(bonus, March, Cancel)).IsRefused));
        var topped = await Order(product);
        foreach (var order in new[] { topped, await Order(product), await Order(other) }) await Record(order, "activated");
        await Record(topped, "topped_up", amount: new(50_00));
        await Run();
        Time.Advance(TimeSpan.FromDays(32));
        await Run();
        return product;
    }

    private async Task<ShadowRun> Compare(ProductId product, string json, Instant? asOf = null)
    {
        var draft = await With<DraftScheme, Result<int>>(d => d.RunAsync(product, json, Time.Now + TimeSpan.FromDays(900), cancel: Cancel));
        var id = await With<StartShadowRun, Result<ShadowRunId>>(s => s.RunAsync(new(product, draft.Value, March, March, asOf), Cancel));
        await Drain();
        var run = await Find(id.Value);
        Assert.NotNull(run.FinishedAt);
        AssertAddsUp(run.Outcome);
        return run;
    }

    private async Task<ShadowRun> Find(ShadowRunId id) => (await With<ShadowRuns, ShadowRun?>(r => r.FindAsync(id, Cancel)))!;

    private Task<IReadOnlyList<ShadowBonus>> Bonuses(ShadowRunId id) => With<ShadowRuns, IReadOnlyList<ShadowBonus>>(r => r.BonusesAsync(id, 0, 100, Cancel));

    private Task<int> Orders(ShadowRunId id) => With<ShadowRuns, int>(r => r.CountAsync(id, null, null, Cancel));

    private static void AssertAddsUp(ShadowOutcome outcome)
    {
        Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, a) => sum + a);
        Assert.Equal(outcome.Change.Commission, Sum(outcome.Causes.Select(c => c.Change.Commission)));
        Assert.Equal(
            outcome.Change.Commission,
            Sum(outcome.Stages.Select(s => s.Draft.Commission - s.Live.Commission)) + Sum(outcome.Bonuses.Select(b => b.Draft - b.Live)));
        Assert.Equal(outcome.Change.Commission, Sum(outcome.Shares.Select(s => s.Draft - s.Live)));
        Assert.Equal(outcome.Change.Bonus, Sum(outcome.Shares.Select(s => s.Bonus)));
    }

    [Fact]
    public async Task A_card_that_is_no_longer_earned_lowers_the_bonus_of_all_cards_of_the_month_those_of_other_products_too()
    {
        var product = await World(Bonus("own", "own"), Bonus("team", "team"));
        Assert.Equal(15_00 * 3, await Booked());

        var run = await Compare(product, Stricter);

        Assert.Equal(
            [("own", Seller, 3, 2, 15_00L, 2_00L), ("team", Parent, 3, 2, 15_00L, 2_00L), ("team", Seller, 3, 2, 15_00L, 2_00L)],
            (await Bonuses(run.Id)).OrderBy(b => b.Bonus).ThenBy(b => b.Distributor.Value)
                .Select(b => (b.Bonus, b.Distributor, b.LiveCards, b.DraftCards, b.Live.Minor, b.Draft.Minor)));
        Assert.Equal(
            new ShadowCause(ShadowReason.FewerCards, 3, new(default, new(-39_00))), run.Outcome.Causes.Single(c => c.Reason == ShadowReason.FewerCards));
        Assert.Equal((45_00L, 6_00L), (run.Outcome.Live.Bonus.Minor, run.Outcome.Draft.Bonus.Minor));
        Assert.Equal([("own", 1), ("team", 2)], run.Outcome.Bonuses.Select(b => (b.Bonus, b.Months)));
        Assert.Equal(-26_00, run.Outcome.Shares.Single(s => s.Distributor == Seller).Bonus.Minor);
    }

    /// <summary>What the books have of bonuses, in fen.</summary>
    private async Task<long> Booked() => (await With<Db, List<BonusLineRow>>(db => db.Set<BonusLineRow>().ToListAsync(Cancel))).Sum(b => b.Amount.Minor);

    [Fact]
    public async Task Cards_that_are_earned_in_another_month_leave_one_bonus_and_raise_the_next()
    {
        var product = await World(Bonus("own", "own"));
        Time.Advance(TimeSpan.FromDays(30));
        await Run();

        var run = await Compare(product, Later);

        Assert.Equal(
            [(March, ShadowReason.FewerCards, 3, 1, 1_00L), (March + 1, ShadowReason.MoreCards, 0, 2, 2_00L)],
            (await Bonuses(run.Id)).OrderBy(b => b.Month).Select(b => (b.Month, b.Reason, b.LiveCards, b.DraftCards, b.Draft.Minor)));
    }

    [Fact]
    public async Task A_month_that_is_not_over_and_a_bonus_of_other_products_change_nothing()
    {
        var product = await World(Bonus("own", "own"), Bonus("other", "own", "\"products\":[\"LT39\"],"));

        var during = await Compare(product, Stricter, Zone.Shanghai.StartOf(new(2026, 3, 20)));
        var after = await Compare(product, Stricter);

        Assert.Empty(await Bonuses(during.Id));
        Assert.Equal(default, during.Outcome.Change.Bonus);
        Assert.Equal("own", Assert.Single(await Bonuses(after.Id)).Bonus);
    }

    [Theory]
    [InlineData(false, RemoveShadowDetails.KeptDays)]
    [InlineData(true, RemoveShadowDetails.KeptDaysOnceDecided)]
    public async Task The_details_of_a_run_are_removed_in_time_and_the_sums_stay(bool isDecided, int days)
    {
        var product = await World(Bonus("own", "own"));
        var run = await Compare(product, Stricter);
        var version = run.Version;
        if (isDecided)
        {
            await With<SubmitScheme, Result<Done>>(s => s.RunAsync(product, version, Cancel));
            await With<IServiceProvider>(async services =>
            {
                services.GetRequiredService<Actor>().Name = PublishScheme.Approver;
                Assert.False((await services.GetRequiredService<DecideScheme>().RejectAsync(product, version, "no", Cancel)).IsRefused);
            });
        }
        Time.Advance(TimeSpan.FromDays(days) - TimeSpan.FromHours(1));
        await With<RemoveShadowDetails>(r => r.RunAsync(Cancel));
        Assert.Equal((1, 1), (await Orders(run.Id), (await Bonuses(run.Id)).Count));

        Time.Advance(TimeSpan.FromHours(2));
        await With<RemoveShadowDetails>(r => r.RunAsync(Cancel));

        Assert.Equal((0, 0), (await Orders(run.Id), (await Bonuses(run.Id)).Count));
        var kept = await Find(run.Id);
        Assert.Equal(Time.Now, kept.DetailsRemovedAt);
        Assert.Equal((run.Changed, run.Outcome.Change), (kept.Changed, kept.Outcome.Change));
        Assert.NotEqual(default, kept.Outcome.Change.Bonus);
    }
}
