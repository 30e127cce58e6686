using CsCheck;
using HaoSuan.Ui;
using Xunit;

namespace HaoSuan.Tests.Unit.Ui;

public sealed class YuanTests
{
    [Theory]
    [InlineData(0, "￥0.00")]
    [InlineData(1, "￥0.01")]
    [InlineData(99999, "￥999.99")]
    [InlineData(100000, "￥1,000.00")]
    [InlineData(123456789, "￥1,234,567.89")]
    [InlineData(-8000, "-￥80.00")]
    [InlineData(-100000000, "-￥1,000,000.00")]
    [InlineData(long.MinValue, "-￥92,233,720,368,547,758.08")]
    public void An_amount_is_written_with_separators_and_a_minus_in_front(long minor, string text) =>
        Assert.Equal(text, YuanText.Of(new Money(minor)));

    [Theory]
    [InlineData(8000, "+￥80.00")]
    [InlineData(0, "￥0.00")]
    [InlineData(-1, "-￥0.01")]
    public void A_movement_says_by_its_sign_whether_it_comes_in(long minor, string text) =>
        Assert.Equal(text, YuanText.Of(new Money(minor), plus: true));

    [Theory]
    [InlineData("80", 8000)]
    [InlineData(" 80.5 ", 8050)]
    [InlineData("￥80.00", 8000)]
    [InlineData("¥ 80", 8000)]
    [InlineData("８０．０１", 8001)]
    [InlineData("1,234.50", 123450)]
    [InlineData("1，234，567", 123456700)]
    [InlineData("-0.01", -1)]
    public void What_people_type_is_read(string text, long minor)
    {
        Assert.True(YuanText.TryRead(text, out var amount));
        Assert.Equal(new Money(minor), amount);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("￥")]
    [InlineData("abc")]
    [InlineData("1.234")]
    [InlineData("1,50")]
    [InlineData("1,2345")]
    [InlineData("12,34,567")]
    [InlineData("1.5,000")]
    [InlineData("1e3")]
    [InlineData("80元")]
    [InlineData("92233720368547758.08")]
    public void Nothing_is_guessed(string? text) => Assert.False(YuanText.TryRead(text, out _));

    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Long[0, long.MaxValue].Sample(minor =>
            YuanText.TryRead(YuanText.Of(new Money(minor)), out var amount) && amount.Minor == minor);

    [Fact]
    public async Task A_negative_amount_is_marked()
    {
        Assert.Contains("yuan-negative", await Rendered.HtmlAsync<Yuan>(new { Amount = new Money(-1) }), StringComparison.Ordinal);
        Assert.DoesNotContain("yuan-negative", await Rendered.HtmlAsync<Yuan>(new { Amount = new Money(0) }), StringComparison.Ordinal);
    }
}
