using CsCheck;
using HaoSuan.Settling;
using HaoSuan.Settling.Cases;
using HaoSuan.Settling.Explaining;
using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

public sealed class ExplanationTests
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "cases");

    private static string[] Report(string name, Language language)
    {
        Assert.True(Case.TryRead(File.ReadAllBytes(Path.Combine(Cases, name)), out var read, out _));
        return [.. new Report(read, language).Of(CaseResult.Of(read, out _))];
    }

    [Fact]
    public void Each_line_is_explained_by_scheme_stage_facts_and_arithmetic() =>
        Assert.Equal(
            """
            As of 2026-04-12T00:00:00+08:00
              order O1: scheme GD29, version 1
                ended 2026-04-11T10:00:00+08:00 with cancelled c
                stage first (激活并首充 50 元)
                  activated within 30 days after ordered: met 2026-03-05T09:00:00+08:00 by activated a
                  topped up, 50.00 in all within 30 days after activated: met 2026-03-05T09:10:00+08:00 by topped up b 50.00
                  earned 2026-03-05T09:10:00+08:00
                    release T+7: available since 2026-03-12T00:00:00+08:00
                    clawback rule 0 by cancelled c at 2026-04-11T10:00:00+08:00: leaves 37/90
                    upstream 49.33 = floor(120.00 × 37/90)
                    D3 sale 32.89 = floor(80.01 × 37/90)
                    D2 spread 8.22 = floor(100.01 × 37/90) - 32.89
                    D1 spread 4.11 = floor(110.01 × 37/90) - 41.11
              platform: margin 4.11 = upstream 49.33 - commission 45.22
            """.Split('\n'), Report("06-clawback-pro-rata.json", Language.English)[^14..]);

    [Fact]
    public void It_is_told_in_Chinese_as_well() =>
        Assert.Equal(
            """
            截至 2026-03-20T00:00:00+08:00
              订单 O1：方案 GD29 第 1 版
                阶段 first (激活并首充 50 元)：尚未达成
                  激活，下单后 30 天内：已满足，2026-03-05T09:00:00+08:00，依据 激活 a
                  充值，累计达到 50.00，激活后 30 天内：未满足：还差 20.00 的充值（已有 充值 b 30.00），自 2026-03-05T09:00:00+08:00 激活起算，须在 2026-04-05T00:00:00+08:00 之前
            """.Split('\n'), Report("01-first-top-up.json", Language.Chinese)[..5]);

    [Fact]
    public void A_volume_bonus_is_explained_by_its_tiers() =>
        Assert.Contains("  bonus team-marginal 2026-03, D1: 5 cards count; 9.00 = 3 × 1.00 + 2 × 3.00; released 2026-04-01T00:00:00+08:00",
            Report("09-volume-bonus.json", Language.English));

    private static Standing Stands(Condition condition, string asOf, params string[] facts)
    {
        var order = new Order("O", new("P", 1, [new("s", default, [condition], new Release.AtOnce())]), At("03-01T10:00"), []);
        var history = History.Of(order.OrderedAt, facts.Select(Fact)).Value;
        return Explanation.Of(order, history, At(asOf), World.Zone).Value.Stages[0].Conditions[0].Standing;
    }

    private static Instant At(string local) => Instant.From(DateTimeOffset.Parse(SmallCase.At(local), null));

    private static Fact Fact(string text) => new(text, text.Split(' ')[0], At(text.Split(' ')[1]));

    private static readonly Condition TopUp = new Condition.Happened("topped_up") { Window = new("activated", Days: 2) };
    private static readonly Condition Calm = new Condition.Quiet(["suspended"], 2, "activated");
    private static readonly Condition Normal = new Condition.NormalAtMonthEnd(1, "activated");

    [Fact]
    public void What_is_missing_is_told_with_its_deadline()
    {
        Assert.Equal(new Standing.Unopened("activated"), Stands(TopUp, "03-05"));
        Assert.Equal(new Standing.Missing(At("03-05")), Stands(TopUp, "03-04", "activated 03-02"));
        Assert.Equal(new Standing.Over(At("03-05")), Stands(TopUp, "03-05", "activated 03-02"));
        Assert.Equal(new Standing.Met(At("03-04")), Stands(TopUp, "03-05", "activated 03-02", "topped_up 03-04"));
    }

    [Fact]
    public void What_only_time_can_meet_is_due_until_something_breaks_it()
    {
        Assert.Equal(new Standing.Due(At("03-05")), Stands(Calm, "03-04", "activated 03-02"));
        Assert.Equal(new Standing.Met(At("03-05")), Stands(Calm, "03-05", "activated 03-02"));
        Assert.IsType<Standing.Broken>(Stands(Calm, "03-05", "activated 03-02", "suspended 03-04"));
    }

    [Fact]
    public void A_suspended_number_can_be_resumed_before_the_month_ends_and_a_cancelled_one_cannot()
    {
        Assert.Equal(new Standing.Due(At("04-01")), Stands(Normal, "03-20", "activated 03-02"));
        Assert.Equal(new Standing.Missing(At("04-01")), Stands(Normal, "03-20", "activated 03-02", "suspended 03-10"));
        Assert.IsType<Standing.Broken>(Stands(Normal, "04-01", "activated 03-02", "suspended 03-10"));
        Assert.IsType<Standing.Broken>(Stands(Normal, "03-20", "activated 03-02", "cancelled 03-10"));
    }

    [Fact]
    public void What_stands_as_lost_cannot_be_met_by_anything_that_happens_from_now_on()
    {
        var seen = 0;
        Anytime.Sample((world, asOf, part) =>
        {
            foreach (var finding in FindingsOf(world, asOf).Where(f => f.Standing.IsLost))
            {
                Interlocked.Increment(ref seen);
                var later = asOf + TimeSpan.FromHours(part);
                if (News(finding.Condition, later).Any(fact => MetWith(finding.Condition, world, asOf, fact) is not null)) return false;
            }
            return true;
        }, iter: 10_000);

        Assert.True(seen > 500, $"{seen} conditions are too few to prove anything");
    }

    [Fact]
    public void What_can_still_come_at_any_time_meets_the_condition_whenever_it_does()
    {
        var seen = 0;
        Anytime.Sample((world, asOf, part) =>
        {
            foreach (var finding in FindingsOf(world, asOf).Where(f => f.Standing is Standing.Missing { Before: null }))
            {
                Interlocked.Increment(ref seen);
                var later = asOf + TimeSpan.FromDays(part);
                if (MetWith(finding.Condition, world, asOf, Needed(finding, later)) != later) return false;
            }
            return true;
        }, iter: 10_000);

        Assert.True(seen > 500, $"{seen} conditions are too few to prove anything");
    }

    [Fact]
    public void A_fact_that_is_said_not_to_count_makes_no_difference()
    {
        var seen = 0;
        Anytime.Sample((world, asOf, _) =>
        {
            foreach (var finding in FindingsOf(world, asOf).Where(f => f.Unfit.Count > 0))
            {
                Interlocked.Increment(ref seen);
                // The fact that opens the window counts for that.
                Fact[] counted = [.. world.Known.KnownAt(asOf).Where(f => f == finding.Opening || !finding.Unfit.Contains(f))];
                var more = Needed(finding, asOf);
                if (finding.Condition.MetAt(new([.. counted, more], World.Zone)) != MetWith(finding.Condition, world, asOf, more)) return false;
            }
            return true;
        }, iter: 10_000);

        Assert.True(seen > 500, $"{seen} conditions are too few to prove anything");
    }

    [Fact]
    public void An_open_stage_says_what_it_brings_and_brings_that_when_its_conditions_are_met()
    {
        var seen = 0;
        Anytime.Sample((any, asOf, _) =>
        {
            var world = any with { Facts = [.. any.Facts.Where(f => f.Of is null && f.SeenFrom <= asOf)] };
            var explained = Explanation.Of(world.Order, world.Known, asOf, World.Zone).Value;
            foreach (var stage in explained.Stages.Where(s => s.Prospect is not null))
            {
                // Earned by the next instant, as if it asked for nothing but the order's next fact.
                var next = asOf + TimeSpan.FromMicroseconds(1);
                var easy = stage.Stage with { When = [new Condition.Happened("more")] };
                var scheme = world.Order.Scheme with { Stages = world.Order.Scheme.Stages.Replace(stage.Stage, easy) };
                var met = world with { Order = world.Order with { Scheme = scheme }, Facts = [.. world.Facts, new Fact("more", "more", next)] };
                var brought = Explanation.Of(met.Order, met.Known, next, World.Zone).Value.Stages.Single(s => s.Stage.Key == stage.Stage.Key);
                Interlocked.Increment(ref seen);
                if (!Assert.Single(brought.Earnings).Shares.SequenceEqual(stage.Prospect!.Shares)) return false;
            }
            return true;
        }, iter: 10_000);

        Assert.True(seen > 500, $"{seen} stages are too few to prove anything");
    }

    private static readonly Gen<(World, Instant, int)> Anytime = Gen.Select(World.Any, World.Moment(150), Gen.Int[0, 1000]);

    private static IEnumerable<Finding> FindingsOf(World world, Instant asOf) => world.Order.OrderedAt > asOf
        ? []
        : Explanation.Of(world.Order, world.Known, asOf, World.Zone).Value.Stages.SelectMany(s => s.Conditions);

    /// <summary>What is known, and one fact more at its end.</summary>
    private static Instant? MetWith(Condition condition, World world, Instant asOf, Fact more) =>
        condition.MetAt(new([.. world.Known.KnownAt(asOf), more], World.Zone));

    /// <summary>The fact that a condition lacks.</summary>
    private static Fact Needed(Finding finding, Instant at)
    {
        var happened = (Condition.Happened)finding.Condition;
        return new("more", happened.Kind, at)
        {
            Amount = Money.Max(happened.EachAtLeast ?? Money.Zero, finding.Lacking ?? Money.Zero),
            Attributes = [.. happened.Where.Demands.Select(d => new HaoSuan.Settling.Attribute(d.Name, d.OneOf[0]))],
        };
    }

    private static IEnumerable<Fact> News(Condition condition, Instant at) => condition is Condition.Happened happened
        ? [Needed(new(happened, new Standing.Over(at), null, [], happened.AtLeast, []), at)]
        : [new("more", "resumed", at), new("more", "activated", at)];

    [Fact]
    public void Every_line_has_its_explanation_with_the_same_amount() =>
        Gen.Select(World.Any, World.Moment(300)).Sample((world, asOf) =>
        {
            var why = Explanation.Of(world.Order, world.Known, asOf, World.Zone).Value;
            return world.TargetAt(asOf).Lines.Where(l => l.Key.Role != Role.Penalty).All(line =>
                why.For(line.Key) is var (_, earning)
                && earning.Earning.EarnedAt == line.EarnedAt
                && earning.Shares.Any(s => s.Role == line.Key.Role && s.Amount == line.Amount
                    && world.Order.Chain[s.Seat].Distributor == line.Key.Distributor));
        }, iter: 10_000);

    [Fact]
    public void A_stage_is_earned_exactly_when_all_its_conditions_stand_as_met() =>
        Gen.Select(World.Any, World.Moment(300)).Sample((world, asOf) =>
            Explanation.Of(world.Order, world.Known, asOf, World.Zone).Value.Stages
                .Where(stage => stage.Stage.Repeat is null && world.Order.OrderedAt <= asOf)
                .All(stage => stage.Conditions.All(c => c.Standing is Standing.Met) == (stage.Earnings.Length == 1)), iter: 10_000);

    [Fact]
    public void Telling_never_fails_in_either_language() =>
        Gen.Select(World.Any, World.Moment(300), Gen.Bool).Sample((world, asOf, chinese) =>
        {
            var told = new Case(Currency.Cny, World.Zone, [new(world.Order, world.Known)], [], [asOf]);
            var text = new Report(told, chinese ? Language.Chinese : Language.English).Of(CaseResult.Of(told, out _));
            return text.All(line => line.Trim().Length > 0 && !line.Contains('\n', StringComparison.Ordinal));
        }, iter: 10_000);
}
