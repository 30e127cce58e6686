namespace HaoSuan.Tests.Web;

public sealed class CompliancePagesTests(App app)
{
    [Fact]
    public async Task An_authorisation_is_recorded_revoked_and_its_faults_stand_beside_their_fields()
    {
        var sample = await Sample.MakeAsync(app);
        var page = $"/office/distributors/{sample.Child}/authorisations";
        var operations = await app.VisitAs("operations");
        var upstream = (await operations.Open(page)).Document.QuerySelector("select option")!.GetAttribute("value")!;

        var wrong = await operations.Submit(page, page, ("upstream", upstream), ("from", "2026-05-01"), ("last", "2026-04-01"));
        Assert.NotNull(wrong.ErrorOf("last"));
        Assert.NotNull(wrong.ErrorOf("document"));
        Assert.Equal(302, (await operations.Submit(page, page, ("upstream", upstream), ("document", "SQ-2026-7"), ("scope", "线上推广"),
            ("from", "2020-01-01"), ("last", "2020-12-31"))).Status);

        var shown = await operations.Open(page);
        Assert.Contains("SQ-2026-7", shown.Words, StringComparison.Ordinal);
        Assert.Contains("2020-12-31", shown.Words, StringComparison.Ordinal);
        Assert.Contains("已到期", shown.Words, StringComparison.Ordinal);
        Assert.Contains("的授权已到期", (await (await app.VisitAs(sample.Child)).Open("/agent/products")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compliance_shows_levels_persons_and_who_lacks_papers_and_a_level_needs_a_second_person()
    {
        var sample = await Sample.MakeAsync(app);
        var (operations, admin) = (await app.VisitAs("operations"), await app.VisitAs("admin"));

        var page = (await operations.Open($"/office/compliance?q={sample.Child}")).Words;
        Assert.Contains($"{sample.Top} 数码店", page, StringComparison.Ordinal);      // whose branch it is
        Assert.Contains($"{sample.Child} 数码店", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{sample.Child} 数码店", (await operations.Open("/office/compliance?q=nobody")).Words, StringComparison.Ordinal);
        Assert.Contains("未签", page, StringComparison.Ordinal);
        Assert.Contains("从未登记过某个上游授权的分销商，该上游的订单照常受理", page, StringComparison.Ordinal);
        Assert.NotNull((await operations.Submit("/office/compliance", "/office/compliance", ("levels", "9"), ("reason", "x"))).ErrorOf("levels"));
        Assert.Equal(302, (await operations.Submit("/office/compliance", "/office/compliance", ("levels", "2"), ("reason", "维持两级"))).Status);
        var form = (await admin.Open("/office/compliance")).Document.QuerySelectorAll("form[action^='/office/compliance/levels/']").Single();
        Assert.Equal(302, (await admin.Submit("/office/compliance", form.GetAttribute("action")!, ("do", "approve"))).Status);
        Assert.Contains("已批准", (await operations.Open("/office/compliance")).Words, StringComparison.Ordinal);
        Assert.Empty((await (await app.VisitAs("finance")).Open("/office/compliance")).Document.QuerySelectorAll("#page form[method=post]"));
    }

    [Fact]
    public async Task A_distributor_reads_and_accepts_the_contract()
    {
        await app.With<HaoSuan.Distributors.Contracts, Result<int>>(c => c.PublishAsync("合作协议\n第一条 不收任何费用。"));
        var visitor = await app.VisitAs((await Sample.MakeAsync(app)).Child);

        Assert.NotNull((await visitor.Submit("/agent/contract", "/agent/contract")).ErrorOf("accept"));
        Assert.Equal(302, (await visitor.Submit("/agent/contract", "/agent/contract", ("accept", "true"))).Status);
        Assert.Contains("您已同意第", (await visitor.Open("/agent/contract")).Words, StringComparison.Ordinal);
    }
}
