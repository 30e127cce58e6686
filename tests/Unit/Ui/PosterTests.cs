using System.Buffers.Binary;
using System.Collections;
using System.Text;
using HaoSuan.Ui;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Xunit;

namespace HaoSuan.Tests.Unit.Ui;

public sealed class PosterTests
{
    private static readonly Poster Card = new(
        "示例号卡", "联通沃派29元", "月租29元：103G通用 + 100分钟", "免费领", "", ["官方正品", "首月免月租"], "讯达通信", "D01",
        "https://haoka.test/s/demo-ABCDEFGH/LTWP29",
        [.. Enumerable.Range(0, 41).Select(y => new BitArray(Enumerable.Range(0, 41).Select(x => x % 3 == y % 2).ToArray()))]);

    [Fact]
    public void It_is_a_png_of_its_size_and_the_same_for_the_same_content()
    {
        var png = PosterPng.Of(Card)!;

        Assert.Equal("PNG", Encoding.ASCII.GetString(png, 1, 3));
        Assert.Equal((PosterPng.Width, PosterPng.Height), (NumberAt(png, 16), NumberAt(png, 20)));
        Assert.Equal(png, PosterPng.Of(Card with { }));
    }

    [Fact]
    public void Whatever_else_stands_on_it_is_another_picture_with_another_tag()
    {
        var png = PosterPng.Of(Card)!;
        Poster[] others =
        [
            Card with { Operator = "另一家" }, Card with { Title = "联通沃派39元" }, Card with { Summary = "" }, Card with { Price = "￥9.00" },
            Card with { Note = "号码费另计" }, Card with { Points = ["官方正品"] }, Card with { Seller = "成都蜀信" }, Card with { SellerCode = "D02" },
        ];

        Assert.All(others, other => Assert.NotEqual(png, PosterPng.Of(other)));
        Assert.Equal(others.Length + 1, others.Append(Card).Select(p => p.Tag).Distinct().Count());
        Assert.NotEqual(Card.Tag, (Card with { Address = "https://haoka.test/s/demo-ABCDEFGH/LTWP39" }).Tag);
    }

    [Fact]
    public void What_is_too_long_is_broken_and_ends_with_dots()
    {
        var longest = Card with { Title = string.Concat(Enumerable.Repeat("电信星卡", 30)), Seller = string.Concat(Enumerable.Repeat("营业点", 30)) };

        Assert.Equal(PosterPng.Of(longest), PosterPng.Of(longest with { Title = longest.Title + "更长", Seller = longest.Seller + "更长" }));
    }

    [Fact]
    public void A_browser_that_has_it_is_told_so_and_gets_another_one()
    {
        var (first, again, changed) = (Asked(null), Asked(Card.Tag), Asked(Card.Tag));

        Assert.Equal("image/png", Assert.IsType<FileContentHttpResult>(PosterFile.Of(Card, first)).ContentType);
        Assert.Equal((Card.Tag, "private, no-cache"), (first.Response.Headers.ETag.ToString(), first.Response.Headers.CacheControl.ToString()));
        Assert.Equal(304, Assert.IsType<StatusCodeHttpResult>(PosterFile.Of(Card, again)).StatusCode);
        Assert.Equal(Card.Tag, again.Response.Headers.ETag.ToString());
        Assert.IsType<FileContentHttpResult>(PosterFile.Of(Card with { Points = [] }, changed));
    }

    [Fact]
    public void Without_the_font_there_is_none_and_the_page_says_what_to_install()
    {
        var asked = Asked(null);

        Assert.Equal(503, Assert.IsType<RazorComponentResult<NoFontPage>>(PosterFile.Of(Card, asked, ["/nowhere"])).StatusCode);
        Assert.Equal(0, asked.Response.Headers.ETag.Count);
    }

    private static int NumberAt(byte[] png, int place) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(place));

    private static DefaultHttpContext Asked(string? known)
    {
        var http = new DefaultHttpContext();
        if (known is not null) http.Request.Headers.IfNoneMatch = known;
        return http;
    }
}
