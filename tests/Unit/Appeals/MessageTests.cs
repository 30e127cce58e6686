using HaoSuan.Appeals;
using Xunit;

namespace HaoSuan.Tests.Unit.Appeals;

public sealed class MessageTests
{
    private static IEnumerable<(string? Field, string Code)> Faults(string text, params byte[][] files) =>
        MessageRules.Faults(new(text, files, "k"), mayBeSilent: false).Select(f => (f.Field, f.Code));

    [Theory]
    [InlineData("我的手机号是 13800138000", true)]
    [InlineData("身份证44010619900307001X，请核对", true)]
    [InlineData("订单 HS26030100000012 的卡 89860012345678901234", false)]
    [InlineData("充了 50.00 元，20260301123456 到账", false)]
    public void Nobodys_numbers_belong_into_a_message(string text, bool refused) =>
        Assert.Equal(refused ? [("text", "appeals.text_personal")] : [], Faults(text));

    [Fact]
    public void A_message_says_something_and_not_too_much()
    {
        Assert.Equal([("text", "appeals.text_missing")], Faults("  "));
        Assert.Equal([("text", "appeals.text_too_long")], Faults(new('长', MessageRules.Longest + 1)));
        Assert.Empty(MessageRules.Faults(new("", [], "k"), mayBeSilent: true));
    }

    [Theory]
    [InlineData("FFD8FFE000104A46", "image/jpeg")]
    [InlineData("89504E470D0A1A0A0000", "image/png")]
    [InlineData("524946460000000057454250", "image/webp")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("5249464600000000415649", null)]
    [InlineData("3C7376672078", null)]
    [InlineData("4D5A9000", null)]
    [InlineData("FFD8", null)]
    [InlineData("", null)]
    public void A_file_is_what_its_bytes_say(string hex, string? mediaType) =>
        Assert.Equal(mediaType, Evidence.MediaTypeOf(Convert.FromHexString(hex)));

    [Fact]
    public void Files_are_few_small_and_pictures_or_pdf()
    {
        byte[] picture = [0xFF, 0xD8, 0xFF, 0xE0];
        var large = new byte[(Evidence.MostMegabytes << 20) + 1];
        picture.CopyTo(large, 0);

        Assert.Empty(Faults("见图", [.. Enumerable.Repeat(picture, Evidence.MostFiles)]));
        Assert.Equal([("files", "appeals.too_many_files")], Faults("见图", [.. Enumerable.Repeat(picture, Evidence.MostFiles + 1)]));
        Assert.Equal([("files", "appeals.file_too_large"), ("files", "appeals.file_type")], Faults("见图", picture, large, [1, 2, 3]));
    }
}
