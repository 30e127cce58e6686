using HaoSuan.Catalog;
using HaoSuan.Distributors;

namespace HaoSuan.Tests.Web;

public sealed class PromotionPagesTests(App app)
{
    private const string Library = "/office/materials", Rules = "/agent/promotion-rules", Text = "不得虚假承诺、返现、二次包装。";

    [Fact]
    public async Task A_material_is_written_approved_by_a_colleague_and_retired_and_slips_stand_beside_their_fields()
    {
        var sample = await Sample.MakeAsync(app);
        var (writer, admin) = (await app.VisitAs("operations"), await app.VisitAs("admin"));
        var wrong = await writer.Submit($"{Library}/new", $"{Library}/new", ("title", "星卡文案"), ("points", "一\n二\n三\n四\n五"));
        Assert.Equal(422, wrong.Status);
        Assert.NotNull(wrong.ErrorOf("text"));
        Assert.NotNull(wrong.ErrorOf("points"));
        Assert.Null(wrong.ErrorOf("title"));

        var saved = await writer.Submit($"{Library}/new", $"{Library}/new",
            ("product", sample.Product), ("title", "星卡文案"), ("text", "月租 29 元"), ("points", "流量多"));
        var page = saved.Location!;
        Assert.Equal(302, (await writer.Submit($"{page}/edit", $"{page}/edit", ("text", "月租 29 元，点 {链接} 办理"))).Status);
        Assert.Equal(302, (await writer.Submit(page, $"{page}/submit")).Status);
        Assert.Contains("须由另一位运营或管理员审批", (await writer.Open(page)).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await writer.Open($"{page}/edit")).Status);
        Assert.NotNull((await admin.Submit(page, $"{page}/reject")).ErrorOf("reason"));
        Assert.Equal(302, (await admin.Submit(page, $"{page}/approve")).Status);
        var finance = await (await app.VisitAs("finance")).Open(page);
        Assert.Contains("月租 29 元，点 {链接} 办理", finance.Words, StringComparison.Ordinal);
        Assert.Empty(finance.Document.QuerySelectorAll("#page form"));

        Assert.NotNull((await admin.Submit(page, $"{page}/retire")).ErrorOf("reason"));
        Assert.Equal(302, (await admin.Submit(page, $"{page}/retire", ("reason", "资费变了"))).Status);
        Assert.Contains("资费变了", (await writer.Open(page)).Words, StringComparison.Ordinal);
        Assert.Contains("已下架", (await writer.Open(Library)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_distributor_reads_the_rules_first_then_copies_texts_with_his_link_and_saves_the_poster()
    {
        var (sample, link) = await WithLink();
        var own = await Approve(sample.Product, "自己的", "月租 29 元，点 {链接} 办理", "流量多");
        await Approve(null, "通用的", "本人实名办理");
        await app.With<PromotionRules, Result<int>>(r => r.PublishAsync(Text));
        var (agent, poster) = (await app.VisitAs(sample.Child), $"/agent/posters/{sample.Product}/{link}.png");
        Assert.Contains("先阅读并同意推广规范", (await agent.Open("/agent/materials")).Words, StringComparison.Ordinal);
        Assert.Equal(Rules, (await agent.Open($"/agent/materials/{sample.Product}")).Location);
        Assert.Equal(404, (await agent.Open(poster)).Status);

        Assert.NotNull((await agent.Submit(Rules, Rules)).ErrorOf("accept"));
        Assert.Equal("/agent/materials", (await agent.Submit(Rules, Rules, ("accept", "true"))).Location);

        Assert.Contains(Copied(await agent.Open("/agent/materials")), t =>
            t.StartsWith("本人实名办理\n", StringComparison.Ordinal) && t.EndsWith($"/s/{link}", StringComparison.Ordinal));
        var page = await agent.Open($"/agent/materials/{sample.Product}");
        Assert.EndsWith($"/s/{link}/{sample.Product} 办理", Assert.Single(Copied(page)), StringComparison.Ordinal);
        Assert.Equal(poster, page.Document.QuerySelector("#page img")!.GetAttribute("src"));
        var picture = await agent.Open(poster, "image/png");
        Assert.Equal((200, "image/png"), (picture.Status, picture.ContentHeaders.ContentType!.MediaType));
        Assert.True(picture.Headers.CacheControl is { NoCache: true, NoStore: false, Private: true });

        await app.With<Materials, Result<Done>>(m => m.RetireAsync(own, "资费变了"));
        Assert.Empty(Copied(await agent.Open($"/agent/materials/{sample.Product}")));
        Assert.NotEqual(picture.Headers.ETag, (await agent.Open(poster, "image/png")).Headers.ETag);
    }

    [Fact]
    public async Task A_poster_is_there_for_his_own_links_and_for_what_he_sells()
    {
        var ((sample, link), (other, othersLink)) = (await WithLink(), await WithLink());
        await app.With<PromotionRules, Result<int>>(r => r.PublishAsync(Text));
        foreach (var who in new[] { sample.ChildId, other.ChildId }) await Accept(who);
        var agent = await app.VisitAs(sample.Child);

        Assert.Equal(200, (await agent.Open($"/agent/posters/{sample.Product}/{link}.png", "image/png")).Status);
        Assert.Equal(404, (await agent.Open($"/agent/posters/{sample.Product}/{othersLink}.png", "image/png")).Status);
        Assert.Equal(404, (await agent.Open($"/agent/posters/{other.Product}/{link}.png", "image/png")).Status);
        Assert.Equal(404, (await agent.Open($"/agent/materials/{other.Product}")).Status);
        await app.With<Activate, Result<Done>>(a => a.RunAsync(sample.TopId, false));
        Assert.Equal(404, (await agent.Open($"/agent/posters/{sample.Product}/{link}.png", "image/png")).Status);
    }

    [Fact]
    public async Task A_new_version_of_the_rules_is_published_by_an_administrator_accepted_anew_and_compliance_shows_who_has_not()
    {
        var sample = await Sample.MakeAsync(app);
        var (admin, operations) = (await app.VisitAs("admin"), await app.VisitAs("operations"));
        await app.With<PromotionRules, Result<int>>(r => r.PublishAsync(Text));
        await Accept(sample.ChildId);
        Assert.Contains("已同意", RowOf(await operations.Open($"/office/compliance?q={sample.Child}"), sample.Child), StringComparison.Ordinal);
        Assert.Empty((await operations.Open("/office/promotion-rules")).Document.QuerySelectorAll("#page form"));

        Assert.NotNull((await admin.Submit("/office/promotion-rules", "/office/promotion-rules", ("text", " "))).ErrorOf("text"));
        Assert.Equal(302, (await admin.Submit("/office/promotion-rules", "/office/promotion-rules", ("text", $"{Text}\n不得冒充客服。"))).Status);

        var version = (await app.With<PromotionRules, TextVersion?>(r => r.PresentAsync()))!.Version;
        Assert.Contains("不得冒充客服。", (await operations.Open($"/office/promotion-rules/{version}")).Words, StringComparison.Ordinal);
        Assert.Contains("未同意", RowOf(await operations.Open($"/office/compliance?q={sample.Child}"), sample.Child), StringComparison.Ordinal);
        Assert.Equal(Rules, (await (await app.VisitAs(sample.Child)).Open($"/agent/materials/{sample.Product}")).Location);
    }

    private async Task<(Sample Sample, string Link)> WithLink()
    {
        var sample = await Sample.MakeAsync(app);
        return (sample, (await app.With<CreateInvitation, Result<Invitation>>(c => c.RunAsync(sample.ChildId))).Value.Code);
    }

    private Task<Guid> Approve(string? product, string title, string text, string points = "") => app.With<IServiceProvider, Guid>(async services =>
    {
        var (materials, actor) = (services.GetRequiredService<Materials>(), services.GetRequiredService<Actor>());
        var of = product is null ? null : await services.GetRequiredService<Products>().FindByCodeAsync(product);
        actor.Name = "writer";
        var id = (await materials.DraftAsync(new(of?.Id, title, text, points))).Value;
        _ = (await materials.SubmitAsync(id)).Value;
        actor.Name = "approver";
        _ = (await materials.ApproveAsync(id)).Value;
        return id;
    });

    private Task<Result<Done>> Accept(DistributorId who) => app.With<PromotionRules, Result<Done>>(async rules =>
        await rules.AcceptAsync(who, (await rules.PresentAsync())!.Sha256));

    private static IEnumerable<string> Copied(Page page) => page.Document.QuerySelectorAll("#page [data-copy]").Select(b => b.GetAttribute("data-copy")!);

    private static string RowOf(Page page, string code) =>
        page.Document.QuerySelectorAll("tr").Single(r => r.TextContent.Contains($"{code} 数码店", StringComparison.Ordinal)).TextContent;
}
