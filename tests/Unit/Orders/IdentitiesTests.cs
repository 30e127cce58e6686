using HaoSuan.Inventory;
using HaoSuan.Orders;
using Xunit;

namespace HaoSuan.Tests.Unit.Orders;

public sealed class IdentitiesTests
{
    [Theory]
    [InlineData("89860100000000000017", "89860100000000000017", true)]
    [InlineData("8986010000000000001", "89860100000000000017", true)]
    [InlineData("8986010000000000002a", "8986010000000000002A", true)]
    [InlineData("89860100000000000017", "89860100000000000025", false)]
    [InlineData("89860100", "898601001", false)]
    [InlineData("898601000000000000", "89860100000000000017", false)]
    public void A_card_is_the_same_with_and_without_its_last_digit(string a, string b, bool same)
    {
        Assert.Equal(same, Identities.SameIccid(a, b));
        Assert.Equal(same, Identities.SameIccid(b, a));
    }

    [Theory]
    [InlineData("13912346688", "13912346688", true)]
    [InlineData("139****6688", "13912346688", true)]
    [InlineData("139****6689", "13912346688", false)]
    [InlineData("1391234668", "13912346688", false)]
    public void A_masked_number_is_the_same_where_it_shows_the_same(string a, string b, bool same)
    {
        Assert.Equal(same, Identities.SameNumber(a, b));
        Assert.Equal(same, Identities.SameNumber(b, a));
    }

    [Fact]
    public void A_card_under_way_is_where_its_order_is_and_belongs_to_one()
    {
        foreach (var card in new[] { CardState.Allocated, CardState.Shipped, CardState.Delivered })
        {
            Assert.False(CardRules.Agree(card, null));
            Assert.Equal(
                card == CardState.Allocated ? 3 : 1, Enum.GetValues<OrderState>().Count(order => CardRules.Agree(card, order)));
        }
        Assert.True(CardRules.Agree(CardState.Shipped, OrderState.Shipped));
        Assert.False(CardRules.Agree(CardState.Shipped, OrderState.Delivered));
    }
}
