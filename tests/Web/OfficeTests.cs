namespace HaoSuan.Tests.Web;

public sealed class OfficeTests(App app)
{
    [Fact]
    public async Task Operations_brings_a_product_on_sale_from_upstream_to_invitation()
    {
        var visitor = await app.VisitAs("operations");

        await visitor.Submit("/office/upstreams", "/office/upstreams", ("key", "walk"), ("name", "直连上游"), ("wire", "hao172"));
        var added = await visitor.Submit("/office/products/new", "/office/products/new",
            ("code", "WALK1"), ("name", "流量王"), ("upstream", "walk"), ("carrier", "Unicom"), ("kind", "PricedCard"), ("price", "9.90"));
        var drafted = await visitor.Submit(
            "/office/products/WALK1/schemes/new", "/office/products/WALK1/schemes/new", ("do", "save"), ("stages[0].upstream", "120"));
        var submitted = await visitor.Submit("/office/products/WALK1/schemes/1", "/office/products/WALK1/schemes/1/submit");
        var approved = await (await app.VisitAs("finance")).Submit("/office/products/WALK1/schemes/1", "/office/products/WALK1/schemes/1/approve");
        await visitor.Submit("/office/distributors/new", "/office/distributors/new", ("code", "W1"), ("name", "走通数码"), ("parent", ""));
        var rated = await visitor.Submit("/office/distributors/W1/rates", "/office/distributors/W1/rates", ("stage", "WALK1/first"), ("rate", "100"));
        var invited = await visitor.Submit("/office/distributors/W1/invitations", "/office/distributors/W1/invitations");
        var signIn = await visitor.Submit(
            "/office/distributors/W1/sign-ins", "/office/distributors/W1/sign-ins", ("name", "zoutong"), ("password", App.Password));

        Assert.All([added, drafted, submitted, approved, rated, invited, signIn], page => Assert.Equal(302, page.Status));
        var product = (await visitor.Open("/office/products/WALK1")).Words;
        Assert.Contains("中国联通", product, StringComparison.Ordinal);
        Assert.Contains("同一身份证 180 天内在中国联通限办 1 张", product, StringComparison.Ordinal);
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
    public async Task Staff_who_may_not_change_is_shown_no_way_to()
    {
        var sample = await Sample.MakeAsync(app);
        var finance = await app.VisitAs("finance");
        string[] pages = ["/office/products", "/office/upstreams", "/office/distributors",
            $"/office/distributors/{sample.Top}", $"/office/distributors/{sample.Top}/rates",
            $"/office/distributors/{sample.Top}/invitations", $"/office/distributors/{sample.Top}/sign-ins"];

        foreach (var path in pages)
            Assert.Equal((path, 0), (path, (await finance.Open(path)).Document.QuerySelectorAll("#page form, #page a.btn-primary").Length));
    }
}
