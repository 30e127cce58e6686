using HaoSuan.Catalog;
using HaoSuan.Distributors;
using Xunit;

namespace HaoSuan.Tests.Unit.Distributors;

public sealed class MaterialRulesTests
{
    private static readonly ProductId Star = new(new("0198a000-0000-7000-8000-000000000001")), Moon = new(new("0198a000-0000-7000-8000-000000000002"));

    [Theory]
    [InlineData("", "月租 29 元", "", "title")]
    [InlineData("星卡", " \n ", "", "text")]
    [InlineData("星卡", "月租 29 元", "一\n二\n三\n四\n五", "points")]
    [InlineData("星卡", "月租 29 元", "一二三四五六七八九十一二三四五六七", "points")]
    public void A_slip_is_said_beside_its_field(string title, string text, string points, string field) =>
        Assert.Equal([field], MaterialRules.Faults(new(null, title, text, points)).Select(f => f.Field));

    [Fact]
    public void Four_points_of_sixteen_characters_have_room() =>
        Assert.Empty(MaterialRules.Faults(new(Star, "星卡", "月租 29 元", string.Join("\r\n", Enumerable.Repeat("一二三四五六七八九十一二三四五六", 4)))));

    [Theory]
    [InlineData("点 {链接} 办理", "点 https://a/s/x 办理")]
    [InlineData("快来办理", "快来办理\nhttps://a/s/x")]
    public void The_link_goes_where_the_text_says_or_to_its_end(string text, string passedOn) =>
        Assert.Equal(passedOn, MaterialRules.With(text, "https://a/s/x"));

    [Fact]
    public void A_poster_has_the_points_of_its_product_or_else_those_for_all()
    {
        Material[] usable = [Of(Star), Of(null, "官方正品"), Of(Star, "流量多"), Of(Star, "更早的")];

        Assert.Equal(["流量多"], MaterialRules.PointsFor(Star, usable));
        Assert.Equal(["官方正品"], MaterialRules.PointsFor(Moon, usable));
        Assert.Empty(MaterialRules.PointsFor(Moon, [Of(Star, "流量多")]));
    }

    private static Material Of(ProductId? product, params string[] points) =>
        new(Guid.Empty, product, "标题", "文案", points, ProposalState.Approved, []);
}
