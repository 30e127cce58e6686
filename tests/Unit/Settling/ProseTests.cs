using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;
using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

/// <summary>What a condition is said to lack, from when and until when, or since when it is lost, word for word in both languages.</summary>
public sealed class ProseTests
{
    private static readonly Condition Sum = new Condition.Happened("topped_up") { AtLeast = new(50_00), Window = new("activated", Days: 2) };
    private static readonly Condition Single = new Condition.Happened("topped_up")
    {
        EachAtLeast = new(100_00), Window = new("activated"), Where = new([new("channel", [Scalar.Of("app")])]),
    };
    private static readonly Condition Active = new Condition.Happened("activated");
    private static readonly Condition Calm = new Condition.Quiet(["suspended"], 2, "activated");
    private static readonly Condition Normal = new Condition.NormalAtMonthEnd(1, "activated");

    /// <summary>How it stands; facts are written "kind id local yuan channel".</summary>
    private static (string English, string Chinese) Told(Condition condition, string asOf, params string[] facts)
    {
        var order = new Order("O", new("P", 1, [new("s", default, [condition], new Release.AtOnce())]), At("03-01T10:00"), []);
        var history = History.Of(order.OrderedAt, facts.Select(Fact)).Value;
        var finding = Explanation.Of(order, history, At(asOf), World.Zone).Value.Stages[0].Conditions[0];
        return (Prose(Language.English).Tell(finding), Prose(Language.Chinese).Tell(finding));
    }

    private static Prose Prose(Language language) =>
        new(language, Currency.Cny, World.Zone, at => World.Zone.Format(at)[5..16]);

    private static Instant At(string local) => Instant.From(DateTimeOffset.Parse(SmallCase.At(local), null));

    private static Fact Fact(string text)
    {
        var words = text.Split(' ');
        return new Fact(words[1], words[0], At(words[2]))
        {
            Amount = words.Length > 3 ? new(int.Parse(words[3], null) * 100) : Money.Zero,
            Attributes = words.Length > 4 ? [new("channel", Scalar.Of(words[4]))] : [],
        };
    }

    [Fact]
    public void What_can_come_at_any_time_says_so() => Assert.Equal(
        ("missing: activated; it can still come at any time", "未满足：尚无激活；没有期限，随时可以满足"),
        Told(Active, "03-05"));

    [Fact]
    public void What_waits_for_its_window_to_open_says_for_what()
    {
        Assert.Equal(
            ("missing: waits for activated, from which its time counts; no end is set yet", "未满足：尚待激活，期限自激活起算，目前没有截止时间"),
            Told(Sum, "03-05"));
        Assert.Equal(
            ("missing: waits for activated, and can come at any time after it", "未满足：尚待激活，之后随时可以满足"),
            Told(Single, "03-05"));
    }

    [Fact]
    public void What_is_missing_of_an_order_that_has_ended_is_not_expected_any_more()
    {
        Assert.Equal(
            (
                "missing: activated; not expected any more, since the order ended 03-03T00:00 with rejected r",
                "未满足：尚无激活；订单已于 03-03T00:00 因审核失败 r 结束，不会再有"),
            Told(Active, "03-05", "rejected r 03-03"));
        Assert.Equal(Told(Active, "03-05", "rejected r 03-03"), Told(Single, "03-05", "rejected r 03-03"));
    }

    [Fact]
    public void An_amount_that_is_missing_says_how_much_from_when_and_until_when() => Assert.Equal(
        (
            "missing: 20.00 of topped up (so far topped up b 30.00), after activated at 03-02T00:00 and before 03-05T00:00; "
                + "not counted: topped up a 20.00 (before activated)",
            "未满足：还差 20.00 的充值（已有 充值 b 30.00），自 03-02T00:00 激活起算，须在 03-05T00:00 之前；不计：充值 a 20.00（早于激活）"),
        Told(Sum, "03-04", "topped_up a 03-01T12:00 20", "activated x 03-02", "topped_up b 03-03 30"));

    [Fact]
    public void What_does_not_count_says_why() => Assert.Equal(
        (
            "missing: topped up with channel \"app\" of at least 100.00, after activated at 03-02T00:00; it can still come at any time; "
                + "not counted: topped up a 50.00 (less than 100.00), topped up b 100.00 (another channel)",
            "未满足：尚无单笔不少于 100.00 的充值（channel 为 \"app\"），自 03-02T00:00 激活起算；没有期限，随时可以满足；"
                + "不计：充值 a 50.00（单笔不足 100.00）、充值 b 100.00（channel 不符）"),
        Told(Single, "03-09", "activated x 03-02", "topped_up a 03-03 50 app", "topped_up b 03-04 100 shop"));

    [Fact]
    public void What_came_too_late_says_since_when_it_is_over_and_what_could_change_it() => Assert.Equal(
        (
            "not met: the time for it ended 03-05T00:00 (from activated at 03-02T00:00), lacking 50.00 of topped up; "
                + "not counted: topped up a 50.00 (too late, at 03-06T00:00); only what happened in time and is learned late could change it",
            "不满足：期限已于 03-05T00:00 截止（自 03-02T00:00 激活起算），还差 50.00 的充值；"
                + "不计：充值 a 50.00（03-06T00:00，已过期限）；只有期限内发生、事后补记的事实才会改变"),
        Told(Sum, "03-09", "activated x 03-02", "topped_up a 03-06 50"));

    [Fact]
    public void What_must_not_happen_says_until_when_it_is_watched_or_since_when_it_is_broken()
    {
        Assert.Equal(
            ("none so far; will be met 03-05T00:00 if it stays so", "至今没有；保持下去，将于 03-05T00:00 满足"),
            Told(Calm, "03-03", "activated x 03-02"));
        Assert.Equal(
            (
                "not met, for good since 03-04T00:00: suspended y prevents it; only withdrawing that fact could change it",
                "不满足：因 03-04T00:00 的停机 y，此后不能再满足；只有该事实被作废才会改变"),
            Told(Calm, "03-06", "activated x 03-02", "suspended y 03-04"));
    }

    [Fact]
    public void A_suspended_number_says_until_when_it_has_to_be_resumed_or_since_when_it_is_too_late()
    {
        Assert.Equal(
            ("in service so far; will be met 04-01T00:00 if it is then", "至今在网正常；保持到月末，将于 04-01T00:00 满足"),
            Told(Normal, "03-20", "activated x 03-02"));
        Assert.Equal(
            ("missing: suspended y at 03-10T00:00 has to be resumed before 04-01T00:00", "未满足：03-10T00:00 的停机 y 尚未复机，须在 04-01T00:00 之前复机"),
            Told(Normal, "03-20", "activated x 03-02", "suspended y 03-10"));
        Assert.Equal(
            (
                "not met, for good since 04-01T00:00: suspended y at 03-10T00:00 was not resumed; only withdrawing that fact could change it",
                "不满足：03-10T00:00 的停机 y 到 04-01T00:00 仍未复机，此后不能再满足；只有该事实被作废才会改变"),
            Told(Normal, "04-02", "activated x 03-02", "suspended y 03-10"));
    }

    [Fact]
    public void Nothing_is_explained_as_well()
    {
        var order = new Order("O", new("P", 1, [new("s", Rate.Amount(new(90_00)), [], new Release.AtOnce())])
        {
            Clawbacks = [new(["cancelled"], Keep.None)],
        }, At("03-01"), [new("top", [Rate.Amount(new(80_00))]), new("seller", [Rate.Amount(new(80_00))])]);
        var prose = Prose(Language.English);

        string[] Sums(params Fact[] facts) => Explanation.Of(order, History.Of(order.OrderedAt, facts).Value, At("03-09"), World.Zone).Value
            .Stages[0].Earnings[0] is var e ? [.. e.Shares.Select(s => prose.Sum(s, e.Earning.Left))] : [];

        Assert.Equal(["80.00", "0.00 = 80.00 - 80.00"], Sums());
        Assert.Equal(["0.00 = 80.00 × 0", "0.00 = 80.00 × 0 - 0.00"], Sums(Fact("cancelled c 03-02")));
    }
}
