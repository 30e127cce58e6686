using CsCheck;
using HaoSuan.Inventory;
using Xunit;

namespace HaoSuan.Tests.Unit.Inventory;

public sealed class PatternTests
{
    [Theory]
    [InlineData("13912366666", NumberPattern.AAAAA)]
    [InlineData("13912666666", NumberPattern.AAAAA)]
    [InlineData("13912346666", NumberPattern.AAAA)]
    [InlineData("13912345666", NumberPattern.AAA)]
    [InlineData("13912366668", NumberPattern.AAAAB)]
    [InlineData("13912346688", NumberPattern.AABB)]
    [InlineData("13966668888", NumberPattern.AAAA)]
    [InlineData("13912667788", NumberPattern.AABBCC)]
    [InlineData("13912346868", NumberPattern.ABAB)]
    [InlineData("13902346789", NumberPattern.ABCD)]
    [InlineData("13902349876", NumberPattern.ABCD)]
    [InlineData("13912340789", NumberPattern.ABC)]
    [InlineData("13912340766", NumberPattern.AA)]
    [InlineData("13912340769", NumberPattern.Plain)]
    [InlineData("66668888123", NumberPattern.ABC)]
    public void The_rarest_pattern_at_the_tail_is_found(string number, NumberPattern pattern) =>
        Assert.Equal(pattern, Patterns.Of(number));

    [Fact]
    public void Different_letters_are_different_digits() =>
        Gen.Int[0, 99_999_999].Sample(tail =>
        {
            var number = $"139{tail:00000000}";
            var (a, b, c, d) = (number[^4], number[^3], number[^2], number[^1]);
            var aabb = a == b && c == d && b != c;
            var abab = a == c && b == d && a != b;
            return (Patterns.Of(number) is not NumberPattern.AABB || aabb) && (Patterns.Of(number) is not NumberPattern.ABAB || abab)
                && (Patterns.Of(number) == NumberPattern.AAAA) == (a == b && b == c && c == d && number[^5] != a);
        }, iter: 20_000);
}
