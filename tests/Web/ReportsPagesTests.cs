using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Identity;
using HaoSuan.Ledger;
using Role = HaoSuan.Identity.Role;

namespace HaoSuan.Tests.Web;

public sealed class ReportsPagesTests(App app)
{
    private const string Closing = "/office/reports/closing";

    private static int _tenants;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Instant Now => Instant.From(TimeProvider.System.GetUtcNow());

    private static Month ThisMonth => Month.Of(Zone.Shanghai.DateOf(Now));

    private sealed record World(Visitor Finance, UpstreamId Upstream, DistributorId Seller);

    /// <summary>An operator of its own, to whom an upstream owes 120.00 of which a distributor gets 80.00.</summary>
    private async Task<World> NewWorld()
    {
        var slug = $"reports{Interlocked.Increment(ref _tenants)}";
        var tenant = await app.Services.GetRequiredService<Tenants>().AddAsync(slug, "甲运营", Cancel);
        var upstream = (await app.With<AddUpstream, Result<UpstreamId>>(a => a.RunAsync(new("up", "甲上游", "sandbox"), Cancel), tenant)).Value;
        var seller = (await app.With<AddDistributor, Result<DistributorId>>(a => a.RunAsync(new("D1", "王五数码"), Cancel), tenant)).Value;
        _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync("finance", App.Password, Role.Finance), tenant)).Value;
        await app.With<Journal, long>(j => j.PostAsync(new Entry("settle", "settle:1", Now, "HS1",
        [
            new(Accounts.Available(seller), new(-80_00), "first//sale"), new(Accounts.Commission, new(80_00)),
            new(Accounts.UpstreamReceivable(upstream), new(120_00), "first"), new(Accounts.UpstreamCommission, new(-120_00)),
        ]), Cancel), tenant);
        await app.With<Journal, long>(j => j.PostAsync(new Entry("receipt", "receipt:1", Now, "银行回单 7",
            [new(Accounts.Bank, new(120_00)), new(Accounts.UpstreamReceivable(upstream), new(-120_00))]), Cancel), tenant);
        return new(await app.VisitAs("finance", slug), upstream, seller);
    }

    [Fact]
    public async Task Finance_reads_the_report_of_the_month_on_the_page_as_workbook_and_as_pdf()
    {
        var (finance, _, _) = await NewWorld();
        var months = await finance.Open("/office/reports");
        Assert.Contains("未关账", months.Words, StringComparison.Ordinal);

        var report = await finance.Open(months.Document.QuerySelector("table a")!.GetAttribute("href")!);

        Assert.Contains("与总账核对一致：14 项", report.Words, StringComparison.Ordinal);
        Assert.Contains("毛利 ￥40.00", report.Words, StringComparison.Ordinal);
        Assert.Contains("－ 销售佣金￥80.00", report.Words, StringComparison.Ordinal);
        Assert.Contains("应付分销商，期末￥80.00￥80.00", report.Words, StringComparison.Ordinal);
        Assert.Equal(3, report.Document.QuerySelectorAll("[data-chart]").Length);
        Assert.Equal("%PDF", (await finance.Open($"/office/reports/{ThisMonth}/pdf")).Text[..4]);
        Assert.Equal("PK", (await finance.Open($"/office/reports/{ThisMonth}/xlsx")).Text[..2]);
        foreach (var nothing in new[] { "2026-13", $"{ThisMonth}/docx", $"{ThisMonth}/upstreams/{Guid.Empty}", $"{ThisMonth}/distributors/{Guid.Empty}" })
            Assert.Equal((nothing, 404), (nothing, (await finance.Open($"/office/reports/{nothing}")).Status));
    }

    [Fact]
    public async Task The_report_leads_to_the_statements_of_upstreams_and_distributors()
    {
        var world = await NewWorld();
        var report = await world.Finance.Open($"/office/reports/{ThisMonth}");
        var links = report.Document.QuerySelectorAll("table a").Select(a => a.GetAttribute("href")!).ToList();
        var (upstream, seller) = (
            $"/office/reports/{ThisMonth}/upstreams/{world.Upstream.Value}", $"/office/reports/{ThisMonth}/distributors/{world.Seller.Value}");
        Assert.Contains(upstream, links);
        Assert.Contains(seller, links);

        Assert.Contains("＝ 期末余额￥80.00", (await world.Finance.Open(seller)).Words, StringComparison.Ordinal);
        Assert.Equal("%PDF", (await world.Finance.Open($"{seller}/pdf")).Text[..4]);
        Assert.Equal("PK", (await world.Finance.Open($"{upstream}/xlsx")).Text[..2]);
    }

    [Fact]
    public async Task Finance_closes_the_last_month_and_reopens_it_with_a_reason()
    {
        var (finance, _, _) = await NewWorld();
        var last = ThisMonth + -1;
        Assert.Contains("还没有关过账", (await finance.Open(Closing)).Words, StringComparison.Ordinal);

        Assert.Equal(Closing, (await finance.Submit(Closing, Closing)).Location);
        Assert.Contains($"{last} 已关账", (await finance.Open(Closing)).Words, StringComparison.Ordinal);

        var refused = await finance.Submit(Closing, $"{Closing}/reopen");
        Assert.Equal((422, "请填写反关账的原因，供审计查阅。"), (refused.Status, refused.ErrorOf("Reason")));
        Assert.Equal(Closing, (await finance.Submit(Closing, $"{Closing}/reopen", ("Reason", "上游补发账单"))).Location);

        var acts = (await finance.Open(Closing)).Document.QuerySelectorAll("table")[^1].QuerySelectorAll("tbody tr")
            .Select(row => string.Join(' ', row.QuerySelectorAll("td").Skip(1).Take(4).Select(cell => cell.TextContent.Trim())));
        Assert.Equal([$"反关账 {last} finance 上游补发账单", $"关账 {last} finance —"], acts);
    }

    [Fact]
    public async Task A_month_that_is_not_over_is_not_closed()
    {
        var (finance, _, _) = await NewWorld();
        var page = await finance.Submit(Closing, Closing, ("month", $"{ThisMonth}"));

        Assert.Equal(422, page.Status);
        Assert.Contains("尚未结束", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_open_stands_on_the_checklist_and_there_is_no_button_to_close()
    {
        var (finance, upstream, _) = await NewWorld();
        var last = ThisMonth + -1;
        var sent = await finance.Upload(
            "/office/reconciliation/new", "file", "上月.csv", System.Text.Encoding.UTF8.GetBytes("渠道订单号,佣金\nHSZ1,12.00\n"),
            ("upstream", upstream.Value.ToString()), ("period", $"{last}"));
        Assert.Equal(302, sent.Status);

        var page = await finance.Open(Closing);

        Assert.Contains($"《上月.csv》（{last}）还没有开始核对", page.Words, StringComparison.Ordinal);
        Assert.Contains("还不能关账", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Document.QuerySelectorAll("button"), b => b.TextContent.Contains($"{last} 关账", StringComparison.Ordinal));
        var refused = await finance.Submit(page, Closing);
        Assert.Equal(422, refused.Status);
        Assert.Contains("还没有开始核对", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_upstreams_owe_stands_by_age_and_ties_to_the_ledger()
    {
        var (finance, _, _) = await NewWorld();

        var page = await finance.Open("/office/reports/receivables");

        Assert.Equal(200, page.Status);
        Assert.Contains("勾稽相符", page.Words, StringComparison.Ordinal);
        Assert.Contains("甲上游", page.Words, StringComparison.Ordinal);
    }
}
