using CsCheck;
using HaoSuan.Leases;
using Xunit;

namespace HaoSuan.Tests.Unit.Leases;

public sealed class ClosingTests
{
    private static readonly Gen<Money> Amounts = Gen.Long[0, 50_000].Select(f => new Money(f));

    [Fact]
    public void Bills_take_the_deposit_in_their_order_and_the_rest_goes_back()
    {
        var closing = Closing.Of(new(100_00), [new(30_00), new(40_00)]);

        Assert.Equal([new Money(30_00), new Money(40_00)], closing.Taken);
        Assert.Equal((new Money(30_00), Money.Zero), (closing.Back, closing.Owed));
        var scarce = Closing.Of(new(50_00), [new(30_00), new(40_00)]);
        Assert.Equal((Money.Zero, new Money(20_00)), (scarce.Back, scarce.Owed));
    }

    [Fact]
    public void Nothing_is_lost_nothing_is_negative_and_who_owes_gets_nothing_back() => Gen.Select(Amounts, Amounts.List[0, 6]).Sample((deposit, bills) =>
    {
        var closing = Closing.Of(deposit, bills);
        Money Sum(IEnumerable<Money> some) => some.Aggregate(Money.Zero, (sum, m) => sum + m);
        Assert.Equal(deposit, Sum(closing.Taken) + closing.Back);
        Assert.Equal(Sum(bills), Sum(closing.Taken) + closing.Owed);
        Assert.All(closing.Taken.Zip(bills), t => Assert.InRange(t.First.Minor, 0, t.Second.Minor));
        Assert.True(closing.Back >= Money.Zero && closing.Owed >= Money.Zero && (closing.Back.IsZero || closing.Owed.IsZero));
    });

    [Theory]
    [InlineData(1, 60_00)]
    [InlineData(2, 30_00)]
    [InlineData(3, 0)]
    [InlineData(9, 0)]
    public void Who_ends_early_pays_the_months_that_are_missing(int month, long fen) =>
        Assert.Equal(new Money(fen), Closing.EarlyEnd(TermsRulesTests.Terms, month));

    [Theory]
    [InlineData(0, 150_00)]
    [InlineData(3, 150_00)]
    [InlineData(4, 90_00)]
    [InlineData(40, 90_00)]
    public void The_price_of_a_device_is_that_of_the_month(int month, long fen) => Assert.Equal(new Money(fen), TermsRulesTests.Terms.BuyOutIn(month));
}
