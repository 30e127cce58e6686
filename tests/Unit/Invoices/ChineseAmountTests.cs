using HaoSuan.Invoices;
using Xunit;

namespace HaoSuan.Tests.Unit.Invoices;

public sealed class ChineseAmountTests
{
    [Theory]
    [InlineData(0, "零圆整")]
    [InlineData(1, "壹分")]
    [InlineData(50, "伍角整")]
    [InlineData(100, "壹圆整")]
    [InlineData(101, "壹圆零壹分")]
    [InlineData(119_00, "壹佰壹拾玖圆整")]
    [InlineData(1006_50, "壹仟零陆圆伍角整")]
    [InlineData(10_000_00, "壹万圆整")]
    [InlineData(10_010_00, "壹万零壹拾圆整")]
    [InlineData(100_200_03, "壹拾万零贰佰圆零叁分")]
    [InlineData(12_340_000_00, "壹仟贰佰叁拾肆万圆整")]
    [InlineData(100_000_001_00, "壹亿零壹圆整")]
    [InlineData(1_020_300_405_67, "壹拾亿贰仟零叁拾万零肆佰零伍圆陆角柒分")]
    [InlineData(-40_33, "（负数）肆拾圆叁角叁分")]
    public void An_amount_is_written_in_capitals(long minor, string text) => Assert.Equal(text, ChineseAmount.Of(new(minor)));
}
