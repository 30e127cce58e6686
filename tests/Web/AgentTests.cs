namespace HaoSuan.Tests.Web;

public sealed class AgentTests(App app)
{
    [Fact]
    public async Task A_distributor_makes_the_invitation_and_finds_it_beside_the_products()
    {
        var visitor = await app.VisitAs((await Sample.MakeAsync(app)).Child);

        var made = await visitor.Submit("/agent/invitation", "/agent/invitation");
        var products = await visitor.Open("/agent/products");

        Assert.Equal("/agent/invitation", made.Location);
        Assert.Matches("https://haoka.test/s/demo-[2-9A-Z]{8}", products.Document.QuerySelector("figcaption")!.TextContent);
        Assert.Contains("已生成推广链接", products.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_distributor_sees_the_own_rates_and_neither_the_parents_nor_the_upstreams()
    {
        var sample = await Sample.MakeAsync(app);

        var child = (await (await app.VisitAs(sample.Child)).Open("/agent/products")).Words;
        var top = (await (await app.VisitAs(sample.Top)).Open("/agent/products")).Words;

        Assert.Contains("￥80.00", child, StringComparison.Ordinal);
        Assert.DoesNotContain("￥100.00", child, StringComparison.Ordinal);
        Assert.DoesNotContain("￥120.00", top, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_distributor_of_the_first_level_sees_the_team_with_its_rates()
    {
        var sample = await Sample.MakeAsync(app);
        var visitor = await app.VisitAs(sample.Top);

        Assert.Contains(sample.Child, (await visitor.Open("/agent/team")).Words, StringComparison.Ordinal);
        var member = (await visitor.Open($"/agent/team/{sample.Child}")).Words;
        Assert.Contains("￥80.00", member, StringComparison.Ordinal);
        Assert.Contains("￥100.00", member, StringComparison.Ordinal);
    }
}
