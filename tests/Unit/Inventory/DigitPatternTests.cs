using HaoSuan.Inventory;
using Xunit;

namespace HaoSuan.Tests.Unit.Inventory;

public sealed class DigitPatternTests
{
    [Theory]
    [InlineData("8888", 0x0000_0000_8888, 0x0000_0000_FFFF)]
    [InlineData("8?8", 0x808, 0xF0F)]
    [InlineData("138????8888", 0x138_0000_8888, 0xFFF_0000_FFFF)]
    [InlineData("１３８ 8-8＊", 0x13_8880, 0xFF_FFF0)]
    public void A_tail_asks_for_the_last_digits(string text, ulong value, ulong mask) =>
        Assert.Equal(new PackedDigits(mask, value), Assert.Single(DigitPattern.AtTail(text)!));

    [Fact]
    public void Digits_anywhere_may_begin_at_every_place_from_which_they_fit() =>
        Assert.Equal([new(0xFF0F, 0x1203), new(0xF_F0F0, 0x1_2030)], DigitPattern.Anywhere("12?3")!.Take(2));

    [Theory]
    [InlineData("8", 11)]
    [InlineData("13812345678", 1)]
    [InlineData("138123456789", 0)]
    public void There_are_as_many_ways_as_places(string text, int ways) => Assert.Equal(ways, DigitPattern.Anywhere(text)!.Count);

    [Fact]
    public void More_digits_than_a_number_has_are_at_no_tail() => Assert.Empty(DigitPattern.AtTail("138123456789")!);

    [Fact]
    public void What_names_no_digit_asks_for_nothing()
    {
        Assert.Null(DigitPattern.AtTail("???"));
        Assert.Null(DigitPattern.Anywhere(" "));
        Assert.Null(DigitPattern.Anywhere(null));
    }
}
