using HaoSuan.Distributors;

namespace HaoSuan.Tests.Web;

public sealed class PlacementPagesTests(App app)
{
    [Fact]
    public async Task Operations_moves_a_distributor_and_is_told_beside_the_field_what_does_not_fit()
    {
        var (from, to) = (await Sample.MakeAsync(app), await Sample.MakeAsync(app));
        var page = $"/office/distributors/{from.Child}/parent";
        var visitor = await app.VisitAs("operations");

        var without = await visitor.Submit(page, page, ("parent", to.Top), ("from", "soon"), ("reason", ""));
        var unrated = await visitor.Submit(page, page, ("parent", to.Top), ("reason", "区域调整"));
        var moved = await visitor.Submit(page, page, ("parent", ""), ("reason", "区域调整"));

        Assert.Equal("请填写正确的日期。", without.ErrorOf("from"));
        Assert.Contains("新上级还没有", unrated.ErrorOf("parent"), StringComparison.Ordinal);
        Assert.Equal((302, page), (moved.Status, moved.Location));
        var shown = (await visitor.Open(page)).Words;
        Assert.Contains("区域调整", shown, StringComparison.Ordinal);
        Assert.Contains("operations", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(from.Child, (await (await app.VisitAs(from.Top)).Open("/agent/team")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frozen_shop_says_only_that_it_takes_no_orders_and_its_owner_reads_why()
    {
        var shop = await Shop.OpenAsync(app);
        var code = (await app.With<Tree, Distributor?>(t => t.FindAsync(shop.Seller)))!.Code;
        var page = $"/office/distributors/{code}/freezes";
        var operations = await app.VisitAs("operations");

        Assert.NotNull((await operations.Submit(page, page, ("do", "freeze"), ("reason", ""), ("from", ""), ("until", ""))).ErrorOf("reason"));
        var frozen = await operations.Submit(page, page, ("do", "freeze"), ("reason", "投诉核实中"), ("from", ""), ("until", ""));

        Assert.Equal(302, frozen.Status);
        foreach (var address in new[] { shop.Home, shop.Page, $"{shop.Home}/devices", $"{shop.Home}/devices/MF1" })
        {
            var seen = await app.Visit().Open(address);
            Assert.Equal(200, seen.Status);
            Assert.Contains("本店暂停接单", seen.Words, StringComparison.Ordinal);
            Assert.DoesNotContain("投诉", seen.Words, StringComparison.Ordinal);
        }
        Assert.Contains("冻结中", (await operations.Open("/office/distributors")).Words, StringComparison.Ordinal);
        await operations.Submit(page, page, ("do", "lift"), ("reason", "已核实"));
        Assert.Contains("选一张号卡", (await app.Visit().Open(shop.Home)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finance_reads_moves_and_freezes_and_changes_nothing()
    {
        var sample = await Sample.MakeAsync(app);
        var finance = await app.VisitAs("finance");

        foreach (var page in new[] { "parent", "freezes" })
            Assert.Empty((await finance.Open($"/office/distributors/{sample.Child}/{page}")).Document.QuerySelectorAll("#page form"));
    }
}
