using HaoSuan.Distributors;
using HaoSuan.Settling;
using Xunit;

namespace HaoSuan.Tests.Unit;

public sealed class TypedTextTests
{
    [Theory]
    [InlineData("13800138000")]
    [InlineData("１３８００１３８０００")]
    [InlineData(" 138 0013-8000　")]
    [InlineData("+86 138-0013-8000")]
    [InlineData("＋８６１３８００１３８０００")]
    [InlineData("0086 13800138000")]
    public void A_phone_is_one_number_however_it_is_typed(string typed) => Assert.Equal("13800138000", TypedText.Phone(typed));

    [Theory]
    [InlineData("44010619900307123x")]
    [InlineData("440106 19900307 123X")]
    [InlineData("４４０１０６１９９００３０７１２３ｘ")]
    public void An_id_number_is_one_number_however_it_is_typed(string typed) => Assert.Equal("44010619900307123X", TypedText.IdNumber(typed));

    [Fact]
    public void Nothing_is_nothing() => Assert.Equal(("", "", ""), (TypedText.Compact(null), TypedText.Phone(null), TypedText.IdNumber("　")));

    [Fact]
    public void A_rate_in_full_width_is_read()
    {
        Assert.True(RateText.TryRead("８．２５％", out var rate));
        Assert.Equal(Rate.Share(new(825)), rate);
    }
}
