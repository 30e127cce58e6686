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
            """.Split('\n'), Report("06-clawback-pro-rata.json", Language.English)[^13..]);

    [Fact]
    public void It_is_told_in_Chinese_as_well() =>
        Assert.Equal(
            """
            截至 2026-03-20T00:00:00+08:00
              订单 O1：方案 GD29 第 1 版
                阶段 first (激活并首充 50 元)：尚未达成
                  激活，下单后 30 天内：已满足，2026-03-05T09:00:00+08:00，依据 激活 a
                  充值，累计达到 50.00，激活后 30 天内：未满足：还差 20.00（已有 充值 b 30.00），须在 2026-04-05T00:00:00+08:00 之前
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
