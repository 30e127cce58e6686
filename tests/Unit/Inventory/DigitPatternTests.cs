using CsCheck;
using HaoSuan.Inventory;
using Xunit;

namespace HaoSuan.Tests.Unit.Inventory;

public sealed class DigitPatternTests
{
    [Theory]
    [InlineData("8888", "%8888")]
    [InlineData("8?8", "%8_8")]
    [InlineData("138????8888", "138____8888")]
    [InlineData("１３８ 8-8＊", "%13888_")]
    public void A_tail_becomes_a_pattern_of_sql(string text, string like) => Assert.Equal(like, DigitPattern.AtTail(text)!.Like);

    [Fact]
    public void What_names_no_digit_asks_for_nothing()
    {
        Assert.Null(DigitPattern.AtTail("???"));
        Assert.Null(DigitPattern.Anywhere(" "));
        Assert.Null(DigitPattern.Anywhere(null));
    }

    [Fact]
    public void A_number_that_cannot_be_is_not_looked_for()
    {
        Assert.False(DigitPattern.AtTail("238????8888")!.IsPossible);
        Assert.False(DigitPattern.Anywhere("123456789012")!.IsPossible);
        Assert.True(DigitPattern.AtTail("?38????8888")!.IsPossible);
    }

    [Fact]
    public void Frequent_digits_are_tried_and_rare_ones_are_looked_up()
    {
        Assert.Null(DigitPattern.AtTail("88")!.Narrow(1, double.MaxValue));
        Assert.Null(DigitPattern.Anywhere("888")!.Narrow(1, double.MaxValue));
        Assert.Equal([8888], Assert.Single(DigitPattern.AtTail("138????8888")!.Narrow(1, double.MaxValue)!).Values);
        Assert.Equal([2, 3, 4, 5, 6, 7, 8], DigitPattern.Anywhere("8888")!.Narrow(1, double.MaxValue)!.Select(w => w.Place));
    }

    [Fact]
    public void Digits_with_gaps_are_looked_up_by_the_window_that_knows_most_of_them()
    {
        Assert.Null(DigitPattern.Anywhere("8?8?8?8")!.Narrow(1, double.MaxValue));
        var rare = Assert.Single(DigitPattern.AtTail("3?88?7?")!.Narrow(1, double.MaxValue)!);
        Assert.Equal((7, 8807, 10), (rare.Place, rare.Values[0], rare.Values.Count));
        Assert.Equal([7, 8, 8], DigitPattern.Anywhere("1?3?5?7?9")!.Narrow(1, double.MaxValue)!.Select(w => w.Place));
    }

    [Fact]
    public void Every_number_that_has_the_digits_is_within_the_window_of_one_beginning() =>
        Gen.Select(Gen.Int[0, 9].Array[10], Gen.Bool.Array[11], Gen.Int[0, 10], Gen.Int[1, 11]).Sample((digits, known, start, length) =>
        {
            var number = $"1{string.Concat(digits)}";
            var text = string.Concat(number.Select((d, i) => known[i] ? d : '?')).Substring(start, Math.Min(length, 11 - start));
            return DigitPattern.Anywhere(text)?.Narrow(1, double.MaxValue) is not { } windows
                || windows.Any(w => w.Values.Contains(short.Parse(number.AsSpan(w.Place - 1, 4))));
        }, iter: 5_000);
}
