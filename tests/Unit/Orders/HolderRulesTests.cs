using HaoSuan.Orders;
using Xunit;

namespace HaoSuan.Tests.Unit.Orders;

public sealed class HolderRulesTests
{
    private static readonly DateOnly Today = new(2026, 3, 1);

    private static IEnumerable<string> Faults(params Holding[] holdings) => HolderRules.Faults(holdings, 30, Today).Select(f => f.Code);

    private static Holding Card(int daysAgo, OrderState state = OrderState.Activated, NetworkState network = NetworkState.InService) =>
        new(Today.AddDays(-daysAgo), state, network);

    [Theory]
    [InlineData(0, true)]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public void One_card_in_the_window(int daysAgo, bool refused) =>
        Assert.Equal(refused ? ["orders.one_card_in_window"] : [], Faults(Card(daysAgo)));

    [Theory]
    [InlineData(OrderState.AwaitingPayment, true)]
    [InlineData(OrderState.Returned, true)]
    [InlineData(OrderState.Closed, false)]
    [InlineData(OrderState.Failed, false)]
    public void An_order_that_came_to_nothing_does_not_count(OrderState state, bool refused) =>
        Assert.Equal(refused, Faults(Card(1, state, NetworkState.None)).Any());

    [Fact]
    public void The_first_possible_day_is_told()
    {
        var fault = Assert.Single(HolderRules.Faults([Card(40), Card(10)], 30, Today));

        Assert.Equal(["30", "2026-03-21"], fault.Arguments.Select(a => a is DateOnly day ? $"{day:yyyy-MM-dd}" : $"{a}"));
    }

    [Fact]
    public void Five_cards_live_at_most()
    {
        var four = Enumerable.Repeat(Card(400), 4).ToArray();

        Assert.Empty(Faults(four));
        Assert.Equal(["orders.five_cards"], Faults([.. four, Card(300)]));
        Assert.Empty(Faults([.. four, Card(300, network: NetworkState.Cancelled)]));
        Assert.Empty(Faults([.. four, Card(300, OrderState.Returned)]));
    }
}
