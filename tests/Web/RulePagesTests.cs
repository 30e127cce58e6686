using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Tests.Web;

public sealed class RulePagesTests(App app)
{
    private static string[] Rules(Page page) => [.. page.Document.QuerySelectorAll("ol li").Select(l => l.TextContent.Trim())];

    private static string RulesOf(string code) => $"/office/products/{code}/rules";

    private Task Add(Shop shop, params EligibilityRule[] more) => app.With<IServiceProvider, int>(async services =>
    {
        var product = (await services.GetRequiredService<Products>().FindAsync(shop.Product))!;
        return (await services.GetRequiredService<ChangeRules>().RunAsync(product.Id, 1, [.. product.Rules, .. more])).Value;
    });

    [Fact]
    public async Task Operations_adds_changes_moves_and_removes_rules_and_the_shop_reads_the_same_sentences()
    {
        var (shop, office) = (await Shop.OpenAsync(app), await app.VisitAs("operations"));
        var page = RulesOf(shop.Code);

        Assert.Equal(302, (await office.Submit($"{page}?add=delivery", page, ("do", "add"), ("only", "false"), ("regions", "西藏\n广东省 深圳市 南山区"))).Status);
        Assert.Equal(302, (await office.Submit($"{page}?edit=0", page, ("do", "change 0"), ("min", "18"), ("max", "60"))).Status);
        Assert.Equal(302, (await office.Submit(page, page, ("do", "up 4"))).Status);
        Assert.Equal(302, (await office.Submit(page, page, ("do", "remove 2"))).Status);

        string[] sentences =
        [
            "年龄 18 至 60 周岁", "同一身份证在中国电信最多 5 张在用的电话卡（一证五户）", "不发货到西藏自治区、广东省深圳市南山区", "身份证、手机号和收货地址都不在黑名单上",
        ];
        Assert.Equal(sentences, Rules(await office.Open($"/office/products/{shop.Code}")));
        Assert.Equal(sentences, Rules(await app.Visit().Open(shop.Page)));
        Assert.Contains("第 5 版", (await office.Open(page)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_without_sense_comes_back_as_typed_and_the_law_cannot_be_removed()
    {
        var (shop, office) = (await Shop.OpenAsync(app), await app.VisitAs("operations"));
        var page = RulesOf(shop.Code);

        var region = await office.Submit($"{page}?add=delivery", page, ("do", "add"), ("only", "true"), ("regions", "深圳"));
        Assert.Equal(422, region.Status);
        Assert.NotNull(region.ErrorOf("regions"));
        Assert.Equal("深圳", region.Document.QuerySelector("#field-regions")!.TextContent);
        var law = await office.Submit(page, page, ("do", "remove 1"));
        Assert.Equal(422, law.Status);
        Assert.Contains("一证五户", law.Words, StringComparison.Ordinal);
        Assert.Equal(422, (await office.Submit($"{page}?add=age", page, ("do", "add"), ("seen", "9"))).Status);
    }

    [Fact]
    public async Task Finance_reads_rules_and_may_not_change_them()
    {
        var (shop, finance) = (await Shop.OpenAsync(app), await app.VisitAs("finance"));

        var page = await finance.Open(RulesOf(shop.Code));

        Assert.Equal(200, page.Status);
        Assert.DoesNotContain("上移", page.Words, StringComparison.Ordinal);
        Assert.Equal(403, (await finance.Open("/office/consumer-blacklist")).Status);
        Assert.Equal(404, (await finance.Open(RulesOf("NONE"))).Status);
    }

    [Fact]
    public async Task A_refusal_names_the_rule_beside_the_field_and_shows_what_fits_instead()
    {
        var (shop, visitor) = (await Shop.OpenAsync(app), app.Visit());
        await Add(shop, new EligibilityRule.Delivery(Only: false, [new("44", "广州市")]), new EligibilityRule.Declaration("本人不是现役军人"));
        var other = await app.With<IServiceProvider, string>(services => AddBeside(services, shop));

        var page = await visitor.Submit(shop.Page, shop.Page, [.. Shop.Form(21), ("Declaration", "true")]);

        Assert.Equal(422, page.Status);
        Assert.Equal("不符合第 5 条办理条件：不发货到广东省广州市，请更换收货地址。", page.ErrorOf("Province"));
        Assert.Null(page.ErrorOf("IdNumber"));
        Assert.Equal([$"{shop.Home}/{other}"], page.Document.QuerySelectorAll(".offer a").Select(a => a.GetAttribute("href")!));
        var unsaid = await visitor.Submit(shop.Page, shop.Page, Shop.Form(21));
        Assert.Contains("本人不是现役军人", unsaid.ErrorOf("Declaration"), StringComparison.Ordinal);
        var wrong = await visitor.Submit(shop.Page, shop.Page, [.. Shop.Form(21).Where(f => f.Item1 != "Phone"), ("Phone", "1")]);
        Assert.Empty(wrong.Document.QuerySelectorAll(".offer a"));
    }

    [Fact]
    public async Task Somebody_is_blacklisted_from_his_order_and_lifted_again_and_nothing_is_shown_in_clear()
    {
        const string here = "/office/consumer-blacklist";
        var (shop, visitor, office) = (await Shop.OpenAsync(app), app.Visit(), await app.VisitAs("operations"));
        await visitor.Submit(shop.Page, shop.Page, Shop.Form(22));
        var order = (await app.With<OrderList, IReadOnlyList<OrderSummary>>(l => l.OfTeamAsync(shop.Seller, new(), 0, 1)))[0];
        Assert.Contains($"{here}?order={order.OrderNo}", (await office.Open($"/office/orders/{order.Id.Value}")).Text, StringComparison.Ordinal);

        var bad = await office.Submit($"{here}?order={order.OrderNo}", here, ("Key", "IdNumber"), ("Reason", "恶意退卡"));
        Assert.Equal(422, bad.Status);
        Assert.NotNull(bad.ErrorOf("Evidence"));
        Assert.Equal(302, (await office.Submit(
            $"{here}?order={order.OrderNo}", here, ("Key", "IdNumber"), ("Reason", "恶意退卡"), ("Evidence", "工单 1024"))).Status);

        var list = await office.Open(here);
        Assert.Contains("440106********", list.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(Shop.IdNumber(22), list.Text, StringComparison.Ordinal);
        var refused = await visitor.Submit(shop.Page, shop.Page, Shop.Form(22));
        Assert.Contains("黑名单", refused.ErrorOf("IdNumber"), StringComparison.Ordinal);
        var lift = list.Document.Forms.Select(f => f.GetAttribute("action")!).Single(a => a.EndsWith("/lift", StringComparison.Ordinal));
        Assert.Equal(422, (await office.Submit(here, lift)).Status);
        Assert.Equal(302, (await office.Submit(here, lift, ("LiftReason", "申诉成立"))).Status);
        Assert.Contains("申诉成立", (await office.Open(here)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cards_for_devices_are_bought_for_a_use_that_operations_assess()
    {
        var (shop, visitor, office) = (await Shop.OpenAsync(app), app.Visit(), await app.VisitAs("operations"));
        var code = await app.With<IServiceProvider, string>(services => AddBeside(services, shop, ProductKind.IotCard));
        var page = $"{shop.Home}/{code}";

        var bad = await visitor.Submit(page, page, [.. Shop.Form(23), ("Quantity", "0")]);
        Assert.All(new[] { "Quantity", "Use", "NoResale" }, field => Assert.NotNull(bad.ErrorOf(field)));
        var sent = await visitor.Submit(
            page, page, [.. Shop.Form(23), ("Quantity", "3"), ("Use", "仓库温湿度采集器联网上报"), ("NoResale", "true")]);
        Assert.Equal(302, sent.Status);
        Assert.NotNull(bad.Document.QuerySelector("input[name=Purchase]")!.GetAttribute("value"));
        Assert.Contains("共 3 张", (await visitor.Open(sent.Location!)).Words, StringComparison.Ordinal);

        var orders = await app.With<OrderList, IReadOnlyList<OrderSummary>>(l => l.OfTeamAsync(shop.Seller, new(), 0, 10));
        Assert.Equal(3, orders.Count);
        var order = $"/office/orders/{orders[0].Id.Value}";
        Assert.Contains("待评估", (await office.Open("/office")).Words, StringComparison.Ordinal);
        Assert.NotNull((await office.Submit(order, $"{order}/assess")).ErrorOf("Limits"));
        Assert.Equal(302, (await office.Submit(order, $"{order}/assess", ("Risk", "Low"), ("Limits", "机卡绑定，仅限定向流量"))).Status);
        Assert.Contains("机卡绑定", (await office.Open(order)).Words, StringComparison.Ordinal);
        Assert.Contains("机卡绑定", (await visitor.Open(sent.Location!)).Words, StringComparison.Ordinal);
    }

    /// <summary>Another product of the same shop.</summary>
    private static async Task<string> AddBeside(IServiceProvider services, Shop shop, ProductKind kind = ProductKind.TrafficCard)
    {
        var products = services.GetRequiredService<Products>();
        var first = (await products.FindAsync(shop.Product))!;
        var id = (await services.GetRequiredService<AddProduct>().RunAsync(
            new($"{shop.Code}B", first.UpstreamId, Carrier.Mobile, "移动花卡", "月租 19 元") { Kind = kind })).Value;
        _ = (await services.GetRequiredService<PublishScheme>().RunAsync(id, """
            {"stages":[{"key":"first","name":"激活","upstream":"60.00","when":[{"fact":"activated"}],"release":{"mode":"days","days":7}}]}
            """)).Value;
        _ = (await services.GetRequiredService<SetRate>().RunAsync(new(shop.Seller, id, "first", Rate.Amount(new(40_00))))).Value;
        return $"{shop.Code}B";
    }
}
