namespace HaoSuan.Tests.Web;

public sealed class OfficeTests(App app)
{
    [Fact]
    public async Task Operations_brings_a_product_on_sale_from_upstream_to_invitation()
    {
        var visitor = await app.VisitAs("operations");

        await visitor.Submit("/office/upstreams", "/office/upstreams", ("key", "walk"), ("name", "直连上游"), ("wire", "hao172"));
        var added = await visitor.Submit("/office/products/new", "/office/products/new",
            ("code", "WALK1"), ("name", "流量王"), ("upstream", "walk"), ("carrier", "Unicom"), ("price", "9.90"), ("excludedProvinces", "54，65"));
        var published = await visitor.Submit("/office/products/WALK1/scheme", "/office/products/WALK1/scheme", ("json", Sample.Scheme));
        await visitor.Submit("/office/distributors/new", "/office/distributors/new", ("code", "W1"), ("name", "走通数码"), ("parent", ""));
        var rated = await visitor.Submit("/office/distributors/W1/rates", "/office/distributors/W1/rates", ("stage", "WALK1/first"), ("rate", "100"));
        var invited = await visitor.Submit("/office/distributors/W1/invitations", "/office/distributors/W1/invitations");
        var signIn = await visitor.Submit(
            "/office/distributors/W1/sign-ins", "/office/distributors/W1/sign-ins", ("name", "zoutong"), ("password", App.Password));

        Assert.All([added, published, rated, invited, signIn], page => Assert.Equal(302, page.Status));
        var product = (await visitor.Open("/office/products/WALK1")).Words;
        Assert.Contains("中国联通", product, StringComparison.Ordinal);
        Assert.Contains("54、65", product, StringComparison.Ordinal);
        Assert.Contains("第 1 版", product, StringComparison.Ordinal);
        Assert.Contains("￥100.00", (await visitor.Open("/office/distributors/W1/rates")).Words, StringComparison.Ordinal);
        var link = (await visitor.Open("/office/distributors/W1/invitations")).Document;
        Assert.Matches("https://haoka.test/s/demo-[2-9A-Z]{8}", link.QuerySelector("figcaption")!.TextContent);
        Assert.StartsWith("data:image/png;base64,", link.QuerySelector("figure img")!.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal(200, (await (await app.VisitAs("zoutong")).Open("/agent")).Status);
    }

    [Fact]
    public async Task A_scheme_is_told_in_words()
    {
        var sample = await Sample.MakeAsync(app);
        var page = (await (await app.VisitAs("finance")).Open($"/office/products/{sample.Product}")).Words;

        Assert.Contains("￥120.00", page, StringComparison.Ordinal);
        Assert.Contains("下单后 30 天内", page, StringComparison.Ordinal);
        Assert.Contains("T+7", page, StringComparison.Ordinal);
        Assert.Contains("激活后 90 天内销户：按已用天数折算，其余扣回，另扣推广人 ￥50.00", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_scheme_comes_back_with_every_fault_and_what_was_typed()
    {
        var sample = await Sample.MakeAsync(app);
        var visitor = await app.VisitAs("operations");
        const string faulty = """{"stages":[{"key":"first","upstream":"1.234","when":[{"fact":"activate"}],"release":{"mode":"days"}}]}""";

        var page = await visitor.Submit($"/office/products/{sample.Product}/scheme", $"/office/products/{sample.Product}/scheme", ("json", faulty));

        Assert.Equal(422, page.Status);
        var faults = page.Document.QuerySelectorAll(".refusals li").Select(li => li.TextContent.Trim()).ToList();
        Assert.Equal(
            ["stages[0].upstream", "stages[0].when[0].fact", "stages[0].release.days"], faults.Select(f => f.Split('：')[0]));
        Assert.Equal(faulty, page.Document.QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    public async Task A_rate_above_the_parents_is_refused_beside_its_field()
    {
        var sample = await Sample.MakeAsync(app);
        var visitor = await app.VisitAs("operations");
        var rates = $"/office/distributors/{sample.Child}/rates";

        var above = await visitor.Submit(rates, rates, ("stage", $"{sample.Product}/first"), ("rate", "100.01"));
        var unreadable = await visitor.Submit(rates, rates, ("stage", $"{sample.Product}/first"), ("rate", "many"), ("from", "soon"));

        Assert.Equal("不能高于上级在“激活并首充”的费率 100.00。", above.ErrorOf("rate"));
        Assert.NotNull(unreadable.ErrorOf("rate"));
        Assert.NotNull(unreadable.ErrorOf("from"));
    }

    [Fact]
    public async Task A_third_level_is_refused_with_the_law()
    {
        var sample = await Sample.MakeAsync(app);
        var visitor = await app.VisitAs("operations");

        var page = await visitor.Submit("/office/distributors/new", "/office/distributors/new",
            ("code", "deep"), ("name", "三级店"), ("parent", sample.Child));

        Assert.Contains("禁止传销条例", page.ErrorOf("parent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bonus_is_published_and_ended()
    {
        var sample = await Sample.MakeAsync(app);
        var visitor = await app.VisitAs("operations");
        var json = $$$"""
            {"key":"v-{{{sample.Product}}}","products":["{{{sample.Product}}}"],"stage":"first","period":"month","scope":"team","basis":"marginal",
             "tiers":[{"from":1,"per_card":"0.00"},{"from":101,"per_card":"5.00"}],"release":{"mode":"at_once"}}
            """;

        Assert.Equal(302, (await visitor.Submit("/office/bonuses", "/office/bonuses", ("json", json))).Status);
        Assert.Contains("第 101 张起每张 ￥5.00", (await visitor.Open("/office/bonuses")).Words, StringComparison.Ordinal);
        Assert.Equal(302, (await visitor.Submit("/office/bonuses", $"/office/bonuses/v-{sample.Product}/end")).Status);
    }

    [Fact]
    public async Task Staff_who_may_not_change_is_shown_no_way_to()
    {
        var sample = await Sample.MakeAsync(app);
        var finance = await app.VisitAs("finance");
        string[] pages = ["/office/products", "/office/upstreams", "/office/bonuses", "/office/distributors",
            $"/office/products/{sample.Product}", $"/office/distributors/{sample.Top}", $"/office/distributors/{sample.Top}/rates",
            $"/office/distributors/{sample.Top}/invitations", $"/office/distributors/{sample.Top}/sign-ins"];

        foreach (var path in pages)
            Assert.Equal((path, 0), (path, (await finance.Open(path)).Document.QuerySelectorAll("#page form, #page a.btn-primary").Length));
    }
}
