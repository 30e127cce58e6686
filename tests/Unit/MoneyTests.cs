using CsCheck;
using Xunit;

namespace HaoSuan.Tests.Unit;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("80.00", 8000)]
    [InlineData("80", 8000)]
    [InlineData("80.5", 8050)]
    [InlineData("-0.01", -1)]
    [InlineData("92233720368547758.07", long.MaxValue)]
    public void A_decimal_string_is_read_to_the_fen(string text, long fen)
    {
        Assert.True(Currency.Cny.TryParse(text, out var amount));
        Assert.Equal(fen, amount.Minor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1.005")]
    [InlineData("1e3")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1,000")]
    [InlineData("92233720368547758.08")]
    public void Anything_else_is_not_an_amount(string text) => Assert.False(Currency.Cny.TryParse(text, out _));

    [Fact]
    public void What_is_printed_is_read_back() =>
        Gen.Long[long.MinValue + 1, long.MaxValue].Sample(
            minor => Currency.Cny.TryParse(new Money(minor).ToString(), out var back) && back.Minor == minor, iter: 10_000);

    [Fact]
    public void A_fraction_is_the_floor_of_the_exact_quotient() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Long[0, 10_000], Gen.Long[1, 10_000])
            .Sample((amount, numerator, denominator) =>
            {
                var part = new Money(amount).Fraction(numerator, denominator).Minor;
                var exact = (Int128)amount * numerator;
                return (Int128)part * denominator <= exact && exact < ((Int128)part + 1) * denominator;
            }, iter: 10_000);

    [Fact]
    public void An_overflow_throws_instead_of_wrapping() =>
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
}
