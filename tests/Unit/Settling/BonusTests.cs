using HaoSuan.Settling;
using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

public sealed class BonusTests
{
    private static Bonus Of(TierBasis basis) =>
        new("volume", "s", Scope.Own, basis, [new(2, new(100)), new(4, new(300))], new Release.AtOnce());

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 200)]
    [InlineData(3, 300)]
    [InlineData(4, 1200)]
    public void Whole_pays_every_card_at_the_tier_reached(int cards, long fen) => Assert.Equal(fen, Of(TierBasis.Whole).For(cards).Minor);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 100)]
    [InlineData(3, 200)]
    [InlineData(4, 500)]
    [InlineData(6, 1100)]
    public void Marginal_pays_each_card_at_its_own_tier(int cards, long fen) => Assert.Equal(fen, Of(TierBasis.Marginal).For(cards).Minor);

    private static SmallCase One(string bonus, params string[] facts) => new()
    {
        Bonuses = $$"""
            [{"key":"volume","stage":"s","period":"month","basis":"whole","tiers":[{"from":1,"per_card":"2.00"}],
              "release":{"mode":"days","days":1},{{bonus}}}]
            """,
        Facts = facts,
    };

    [Theory]
    [InlineData("\"scope\":\"own\"", "D2")]
    [InlineData("\"scope\":\"team\"", "D1,D2")]
    [InlineData("\"scope\":\"own\",\"products\":[\"P\"]", "D2")]
    [InlineData("\"scope\":\"own\",\"products\":[\"Q\"]", "")]
    public void Own_cards_count_for_the_seller_and_team_cards_for_the_whole_chain(string bonus, string distributors) =>
        Assert.Equal(distributors, string.Join(',', One(bonus, "a activated 03-31").Settle("04-01")[0].Lines
            .Where(l => l.Key.Role == Role.Bonus).Select(l => l.Key.Distributor)));

    [Fact]
    public void A_bonus_is_earned_when_its_month_is_over_and_held_by_its_own_release()
    {
        var order = One("\"scope\":\"own\"", "a activated 03-31T23:59");
        Assert.Equal([0, 1, 1], order.Settle("03-31T23:59", "04-01", "04-02").Select(s => s.Lines.Count(l => l.Key.Role == Role.Bonus)));
        Assert.Equal([State.Pending, State.Available], order.Settle("04-01", "04-02").Select(s => s.Lines[0].Key.State));
        Assert.Equal(("", "2026-03"), (order.Settle("04-01")[0].Lines[0].Key.Order, order.Settle("04-01")[0].Lines[0].Key.Instance));
    }

    [Fact]
    public void A_later_clawback_takes_the_card_out_again()
    {
        var order = One("\"scope\":\"own\"", "a activated 03-31", "c cancelled 04-05") with { Clawback = """[{"on":["cancelled"],"keep":"none"}]""" };
        var bonus = order.Settle("04-04", "04-05").SelectMany(s => s.Entries).Where(e => e.Key.Role == Role.Bonus);
        Assert.Equal([200, -200], bonus.Select(e => e.Amount.Minor));
    }

    [Fact]
    public void A_card_without_upstream_and_commission_does_not_count()
    {
        var order = One("\"scope\":\"own\"", "a activated 03-31") with { Upstream = "\"0.00\"", Chain = SmallCase.Seats("\"0.00\"") };
        Assert.Empty(order.Settle("04-01")[0].Lines);
    }

    [Fact]
    public void A_repeating_stage_counts_by_its_first_instance_only()
    {
        var order = One("\"scope\":\"own\"", "a activated 03-02", "b billed 03-10 amount=9.00", "c billed 04-10 amount=9.00") with
        {
            Stage = "\"repeat\":{\"fact\":\"billed\",\"after\":\"activated\",\"months\":6},",
        };
        Assert.Equal(["2026-03"], order.Settle("05-01")[0].Lines.Where(l => l.Key.Role == Role.Bonus).Select(l => l.Key.Instance));
    }
}
