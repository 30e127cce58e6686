using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

public sealed class SplitTests
{
    private static readonly string[] Activated = ["a activated 03-02"];

    private static string[] Lines(string stage, string order, params string[] rates) =>
        new SmallCase { Chain = SmallCase.Seats(rates), Stage = stage, Order = order, Facts = Activated }.Lines("03-03");

    [Fact]
    public void Shares_are_floored_cumulatively_so_that_the_parts_add_up() =>
        Assert.Equal(["spread D1 0.01 available", "sale D2 0.02 available"], Lines("", "\"paid\":\"0.33\",", """{"bps":999}""", """{"bps":700}"""));

    [Fact]
    public void An_amount_and_a_share_compare_as_amounts_of_the_basis() =>
        Assert.Equal(["spread D1 5.00 available", "sale D2 5.00 available"], Lines("", "\"paid\":\"100.00\",", "\"10.00\"", """{"bps":500}"""));

    [Fact]
    public void Without_a_price_paid_a_share_is_nothing() => Assert.Empty(Lines("", "", """{"bps":999}"""));

    [Fact]
    public void A_seller_without_a_parent_gets_no_peer_bonus() =>
        Assert.Equal(["sale D1 8.00 available"], Lines("\"peer_bonus\":\"2.00\",", "", "\"8.00\""));

    [Fact]
    public void Only_the_sellers_parent_gets_a_peer_bonus() =>
        Assert.Equal(["peer D2 2.00 available", "sale D3 8.00 available"], Lines("\"peer_bonus\":\"2.00\",", "", "\"8.00\"", "\"8.00\"", "\"8.00\""));

    [Fact]
    public void By_the_highest_rate_peers_are_compared_before_rates_are_raised() =>
        Assert.Equal(["sale D2 8.00 available"],
            (Highest("\"5.00\"", "\"8.00\"") with { Stage = "\"peer_bonus\":\"2.00\"," }).Lines("03-03"));

    [Fact]
    public void By_the_highest_rate_an_ancestor_gets_what_exceeds_everything_below() =>
        Assert.Equal(["spread D1 1.00 available", "spread D3 2.00 available", "sale D4 7.00 available"],
            Highest("\"10.00\"", "\"8.00\"", "\"9.00\"", "\"7.00\"").Lines("03-03"));

    [Fact]
    public void An_order_without_distributors_is_the_platforms_own()
    {
        var settlement = new SmallCase
        {
            Chain = "[]",
            Facts = [.. Activated, "c complained 03-02"],
            Clawback = """[{"on":["complained"],"keep":"none","penalty":"5.00","stages":[]}]""",
        }.Settle("03-03")[0];
        Assert.Empty(settlement.Lines);
        Assert.Equal(1200, settlement.Margin.Minor);
    }

    private static SmallCase Highest(params string[] rates) =>
        new() { Scheme = "\"differential\":\"highest\",", Chain = SmallCase.Seats(rates), Facts = Activated };

    private static SmallCase Billed(params string[] facts) => new()
    {
        Stage = "\"repeat\":{\"fact\":\"billed\",\"after\":\"activated\",\"months\":2},",
        Upstream = """{"bps":1000}""",
        Chain = SmallCase.Seats("""{"bps":500}"""),
        Facts = ["a activated 03-31T12:00", .. facts],
    };

    [Fact]
    public void A_repeating_stage_has_an_instance_for_each_fact_in_its_calendar_months() =>
        Assert.Equal(["sale[b] D1 1.00 available", "sale[c] D1 2.00 available"],
            Billed("z billed 03-31T11:59 amount=10.00", "b billed 03-31T12:00 amount=20.00", "c billed 04-30T23:59 amount=40.00",
                "d billed 05-01 amount=80.00").Lines("12-31"));

    [Fact]
    public void An_instance_is_earned_at_the_later_of_the_conditions_and_its_fact() =>
        Assert.Equal("04-20T00:00", (Billed("b billed 04-01 amount=20.00", "p topped_up 04-20")
            with
        { When = """[{"fact":"topped_up"}]""" }).Earned("12-31"));

    [Fact]
    public void A_credit_note_takes_its_share_back() =>
        Assert.Equal(["sale[b] D1 1.00 available", "sale[c] D1 -0.50 available"],
            Billed("b billed 04-01 amount=20.00", "c billed 04-02 amount=-10.00").Lines("12-31"));
}
