using System.Text;
using HaoSuan.Catalog;
using HaoSuan.Reconciliation;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Tests.Web;

/// <summary>The pages of the reconciliation desk, of an operator of its own for each test.</summary>
public sealed class DeskPagesTests(App app)
{
    private const string Desk = "/office/reconciliation";

    private static int _tenants;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record World(Visitor Finance, Tenant Tenant, UpstreamId Upstream);

    private async Task<World> NewWorld()
    {
        var slug = $"desk{Interlocked.Increment(ref _tenants)}";
        var tenant = await app.Services.GetRequiredService<Tenants>().AddAsync(slug, "乙运营", Cancel);
        var upstream = (await app.With<AddUpstream, Result<UpstreamId>>(a => a.RunAsync(new("up", "乙上游", "sandbox"), Cancel), tenant)).Value;
        _ = (await app.With<HaoSuan.Identity.Users, Result<UserId>>(
            u => u.CreateAsync("finance", App.Password, HaoSuan.Identity.Role.Finance), tenant)).Value;
        return new(await app.VisitAs("finance", slug), tenant, upstream);
    }

    private static async Task<string> Sheet(World world)
    {
        var file = Encoding.UTF8.GetBytes("渠道订单号,佣金,状态\nHSA,120.00,正常\nHSB,80.50,正常\nHSC,3.00,正常\n");
        var sent = await world.Finance.Upload(
            $"{Desk}/new", "file", "三月.csv", file, ("upstream", world.Upstream.Value.ToString()), ("period", "2026-03"));
        await world.Finance.Submit(await world.Finance.Open(sent.Location!), $"{sent.Location}/open");
        return sent.Location!;
    }

    [Fact]
    public async Task Differences_of_all_sheets_are_filtered_chosen_and_decided()
    {
        var world = await NewWorld();
        await Sheet(world);

        var list = await world.Finance.Open($"{Desk}/differences?least=50&sort=amount");
        Assert.Contains("HSA", list.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("HSC", list.Words, StringComparison.Ordinal);
        Assert.Contains("勾稽相符", list.Words, StringComparison.Ordinal);

        var action = list.Document.QuerySelector("form#decision")!.GetAttribute("action")!;
        var nothing = await world.Finance.Submit(list, action, ("verdict", nameof(Verdict.Hold)));
        Assert.Equal(422, nothing.Status);
        Assert.Contains("请先选择差异", nothing.Words, StringComparison.Ordinal);
        var box = list.Document.QuerySelector("input[name=chosen]")!.GetAttribute("value")!;
        Assert.Equal(302, (await world.Finance.Submit(list, action, ("verdict", nameof(Verdict.Hold)), ("chosen", box))).Status);
        var all = await world.Finance.Open($"{Desk}/differences?class={nameof(Difference.UnexpectedInSheet)}&status=Open");
        await world.Finance.Submit(
            all, all.Document.QuerySelector("form#decision")!.GetAttribute("action")!, ("verdict", nameof(Verdict.Confirm)), ("scope", "filter"));

        var suspense = await world.Finance.Open($"{Desk}/suspense");
        Assert.Contains("HSA", suspense.Words, StringComparison.Ordinal);
        Assert.Contains("对账挂账：勾稽相符", suspense.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("HSB", (await world.Finance.Open($"{Desk}/differences")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_taken_back_on_the_page_of_its_difference()
    {
        var world = await NewWorld();
        var address = $"{await Sheet(world)}/1";
        Assert.Contains("原始行", (await world.Finance.Open(address)).Words, StringComparison.Ordinal);
        var list = await world.Finance.Open($"{Desk}/differences");
        await world.Finance.Submit(
            list, list.Document.QuerySelector("form#decision")!.GetAttribute("action")!, ("verdict", nameof(Verdict.Confirm)), ("scope", "filter"));

        var refused = await world.Finance.Submit(address, address);
        Assert.Equal((422, "请填写原因，最多 200 个字。"), (refused.Status, refused.ErrorOf("reason")));
        Assert.Equal(address, (await world.Finance.Submit(address, address, ("reason", "上游更正"))).Location);

        var page = await world.Finance.Open(address);
        Assert.Contains("撤销第 1 次处理", page.Words, StringComparison.Ordinal);
        Assert.Contains("待处理", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_is_set_and_ended()
    {
        var world = await NewWorld();
        var page = $"{Desk}/rules";
        var refused = await world.Finance.Submit(page, page, ("upstream", world.Upstream.Value.ToString()), ("kind", nameof(RuleKind.SmallAmount)));
        Assert.Equal(422, refused.Status);
        Assert.Contains("大于 0", refused.ErrorOf("threshold"), StringComparison.Ordinal);

        await world.Finance.Submit(page, page,
            ("upstream", world.Upstream.Value.ToString()), ("kind", nameof(RuleKind.SmallAmount)), ("threshold", "1"), ("cap", "20"));
        var set = await world.Finance.Open(page);
        Assert.Contains("相差不超过 ￥1.00", set.Words, StringComparison.Ordinal);
        await world.Finance.Submit(set, set.Document.QuerySelector("tbody form")!.GetAttribute("action")!);

        Assert.Contains("已停用", (await world.Finance.Open(page)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bank_statement_is_imported_and_what_the_upstream_paid_is_claimed()
    {
        var world = await NewWorld();
        var file = Encoding.UTF8.GetBytes("交易日期,交易流水号,收入,支出,对方户名\n20260301,S1,200.00,,乙上游\n20260301,S2,,50.00,王小明\n");
        var wrong = await world.Finance.Upload($"{Desk}/bank", "file", "流水.csv", Encoding.UTF8.GetBytes("a,b\n1,2\n"));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("找不到表头", wrong.ErrorOf("file"), StringComparison.Ordinal);

        var sent = await world.Finance.Upload($"{Desk}/bank", "file", "流水.csv", file);
        var lines = await world.Finance.Open(sent.Location!);
        Assert.DoesNotContain("王小明", lines.Text, StringComparison.Ordinal);
        Assert.Contains("勾稽相符", lines.Words, StringComparison.Ordinal);
        var claimed = await world.Finance.Submit(lines, $"{sent.Location}?page=1", ("act", "receipt"), ("numbers", "2"));
        Assert.Equal(sent.Location, claimed.Location);
        await world.Finance.Submit(lines, $"{sent.Location}?page=1", ("act", "other"), ("numbers", "3"), ("note", "提现"));

        var receipts = await world.Finance.Open($"{Desk}/receipts");
        Assert.Contains("S1", receipts.Words, StringComparison.Ordinal);
        Assert.Contains("￥200.00", receipts.Words, StringComparison.Ordinal);
        var action = receipts.Document.QuerySelector("tbody form")!.GetAttribute("action")!;
        Assert.Equal(422, (await world.Finance.Submit(receipts, action)).Status);
        await world.Finance.Submit(receipts, action, ("reason", "认错了"));
        Assert.Contains("已撤销", (await world.Finance.Open($"{Desk}/receipts")).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("differences")]
    [InlineData("suspense")]
    [InlineData("rules")]
    [InlineData("receipts")]
    [InlineData("bank")]
    public async Task Only_finance_sees_the_desk(string page) =>
        Assert.NotEqual(200, (await (await app.VisitAs("operations")).Open($"{Desk}/{page}")).Status);
}
