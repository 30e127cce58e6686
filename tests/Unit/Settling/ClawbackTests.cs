using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

public sealed class ClawbackTests
{
    private static SmallCase Clawed(string rules, params string[] facts) => new()
    {
        Stage = "\"peer_bonus\":\"1.00\",",
        Clawback = $"[{rules}]",
        When = """[{"fact":"topped_up"}]""",
        Chain = SmallCase.Seats("\"10.00\"", "\"8.00\"", "\"8.00\""),
        Facts = ["a activated 03-02T09:00", "b topped_up 03-03T09:00", .. facts],
    };

    private const string ProRata = """{"on":["cancelled"],"after":"activated","within_days":3,"keep":"prorata"}""";

    [Fact]
    public void Every_cumulative_amount_keeps_its_own_floor_by_days_used()
    {
        var settlement = Clawed(ProRata, "c cancelled 03-03T23:00").Settle("03-04")[0];
        Assert.Equal([67, 33, 266], settlement.Lines.Select(l => l.Amount.Minor));      // 3.33 - 2.66, 1.00 / 3, 8.00 / 3
        Assert.Equal(400, settlement.Upstream.Minor);
    }

    [Theory]
    [InlineData("03-02T09:00", 0)]
    [InlineData("03-05T23:59", 800)]
    [InlineData("03-06T00:00", 800)]
    public void What_was_used_is_counted_in_dates_up_to_the_whole_window(string cancelled, long seller)
    {
        var lines = (Clawed(ProRata, $"c cancelled {cancelled}") with { When = """[{"fact":"activated"}]""" }).Settle("04-01")[0].Lines;
        Assert.Equal(seller, lines.Where(l => l.Key.Distributor == "D3").Sum(l => l.Amount.Minor));
    }

    [Fact]
    public void A_stage_earned_at_the_very_instant_keeps_and_one_earned_later_is_worth_nothing()
    {
        Assert.NotEmpty(Clawed(ProRata, "c cancelled 03-03T09:00").Lines("03-04"));
        Assert.Empty(Clawed(ProRata, "c cancelled 03-03T08:59").Lines("03-04"));
    }

    [Fact]
    public void Rates_that_become_equal_only_by_clawback_are_no_peers() =>
        Assert.Empty((Clawed(ProRata, "c cancelled 03-03T23:00") with
        {
            Chain = SmallCase.Seats("\"0.02\"", "\"0.01\""),
            Stage = "\"peer_bonus\":\"9.00\",",
        }).Lines("03-04"));

    [Fact]
    public void Of_several_rules_the_least_is_kept() =>
        Assert.Empty(Clawed(ProRata + """,{"on":["complained"],"keep":"none"}""", "c cancelled 03-04", "d complained 03-20").Lines("04-01"));

    [Fact]
    public void A_rule_fires_once_at_its_earliest_qualifying_fact() =>
        Assert.Equal(["penalty[0] D3 -5.00 available"], Clawed("""{"on":["complained","returned"],"keep":"none","penalty":"5.00"}""",
            "c complained 03-20", "d returned 03-10", "e complained 03-21").Lines("04-01"));

    [Fact]
    public void A_penalty_is_due_even_where_no_stage_is_taken_back() =>
        Assert.Contains("penalty[1] D3 -5.00 available", Clawed(
            ProRata + """,{"on":["complained"],"keep":"none","penalty":"5.00","stages":["other"]}""", "c complained 03-20").Lines("04-01"));

    [Fact]
    public void Other_stages_keep_theirs() =>
        Assert.Equal(3, Clawed("""{"on":["complained"],"keep":"none","stages":["other"]}""", "c complained 03-20").Lines("04-01").Length);

    [Theory]
    [InlineData("03-01T11:00", 3)]      // before X
    [InlineData("03-05T23:59", 0)]
    [InlineData("03-06T00:00", 3)]      // the window is over
    public void A_rule_has_the_window_of_conditions(string at, int lines) =>
        Assert.Equal(lines, Clawed(
            """{"on":["cancelled"],"after":"activated","within_days":3,"keep":"none"}""", $"c cancelled {at}").Lines("04-01").Length);

    [Fact]
    public void Attributes_narrow_a_rule() =>
        Assert.NotEmpty(Clawed("""{"on":["out_of_service"],"where":{"month":2},"keep":"none"}""", "c out_of_service 03-31 month=1").Lines("04-01"));

    [Fact]
    public void A_voided_cause_gives_everything_back()
    {
        var order = Clawed("""{"on":["complained"],"keep":"none","penalty":"5.00"}""", "c complained 03-20", "v void 03-25 of=c");
        Assert.Equal([1, 3], order.Settle("03-21", "03-26").Select(s => s.Lines.Length));
        Assert.Equal([-500], order.Settle("03-21")[0].Balances.Select(b => b.Available.Minor));
    }

    [Fact]
    public void Who_has_nothing_at_all_is_in_no_balance() =>
        Assert.Empty(new SmallCase
        {
            Chain = SmallCase.Seats("\"5.00\""),
            Clawback = """[{"on":["complained"],"keep":"none","stages":[],"penalty":"5.00"}]""",
            Facts = ["a activated 03-02", "c complained 03-03"],
        }.Settle("03-04")[0].Balances);
}
