using System.Text;
using HaoSuan.Catalog;
using HaoSuan.Reconciliation;
using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Tests.Web;

public sealed class ReconciliationPagesTests(App app)
{
    private const string New = "/office/reconciliation/new";

    private async Task<UpstreamId> NewUpstream()
    {
        var key = $"up{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}"[..20];
        return (await app.With<AddUpstream, Result<UpstreamId>>(a => a.RunAsync(new(key, "甲上游", "sandbox")))).Value;
    }

    private static async Task<Page> Upload(Visitor visitor, UpstreamId upstream, string file) => await visitor.Upload(
        New, "file", "三月.csv", Encoding.UTF8.GetBytes(file), ("upstream", upstream.Value.ToString()), ("period", "2026-03"));

    private static string Sheet(string order) => $"渠道订单号,佣金,状态\n{order}1,120.00,正常\n{order}2,80.50,正常\n合计,200.50,\n";

    [Fact]
    public async Task Finance_uploads_looks_at_how_it_was_read_and_decides()
    {
        var finance = await app.VisitAs("finance");
        var sent = await Upload(finance, await NewUpstream(), Sheet("HSA"));
        Assert.Equal(302, sent.Status);
        var draft = await finance.Open(sent.Location!);
        Assert.Contains("渠道订单号", draft.Words, StringComparison.Ordinal);
        Assert.Contains("按表头自动识别", draft.Words, StringComparison.Ordinal);

        Assert.Equal(sent.Location, (await finance.Submit(draft, $"{sent.Location}/open")).Location);
        var open = await finance.Open(sent.Location!);
        Assert.Contains("勾稽相符", open.Words, StringComparison.Ordinal);
        Assert.Contains("HSA2", open.Words, StringComparison.Ordinal);

        var action = $"{sent.Location}?class={nameof(Difference.UnexpectedInSheet)}&page=1";
        var nothing = await finance.Submit(open, action, ("verdict", nameof(Verdict.Hold)));
        Assert.Equal(422, nothing.Status);
        Assert.Contains("请先选择差异", nothing.Words, StringComparison.Ordinal);
        Assert.Equal(action, (await finance.Submit(open, action, ("verdict", nameof(Verdict.Confirm)), ("numbers", "2"))).Location);
        await finance.Submit(await finance.Open(action), action, ("verdict", nameof(Verdict.Hold)), ("scope", "class"));

        Assert.Contains("已结清", (await finance.Open(sent.Location!)).Words, StringComparison.Ordinal);
        Assert.Contains("三月.csv", (await finance.Open("/office/reconciliation")).Words, StringComparison.Ordinal);
        var workbook = await finance.Open($"{sent.Location}/workbook");
        Assert.Equal((200, "PK"), (workbook.Status, workbook.Text[..2]));
    }

    [Fact]
    public async Task A_file_uploaded_twice_leads_to_the_first_sheet_and_says_so()
    {
        var finance = await app.VisitAs("finance");
        var upstream = await NewUpstream();
        var first = await Upload(finance, upstream, Sheet("HSB"));

        var second = await Upload(finance, upstream, Sheet("HSB"));

        Assert.Equal(first.Location, second.Location);
        Assert.Contains("已经上传过", (await finance.Open(second.Location!)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_stands_beside_it_and_what_was_typed_stays()
    {
        var finance = await app.VisitAs("finance");
        var upstream = await NewUpstream();

        var refused = await Upload(finance, upstream, "渠道订单号,佣金\nHSC1,12O.00\n");

        Assert.Equal(422, refused.Status);
        Assert.Contains("第2行", refused.ErrorOf("file"), StringComparison.Ordinal);
        Assert.Equal("2026-03", refused.Document.QuerySelector("#field-period")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_discarded_draft_is_gone()
    {
        var finance = await app.VisitAs("finance");
        var sent = await Upload(finance, await NewUpstream(), Sheet("HSD"));
        var draft = await finance.Open(sent.Location!);
        var token = draft.Document.QuerySelector($"form[action='{sent.Location}/open'] input[type=hidden]")!;

        await finance.Post($"{sent.Location}/discard", (token.GetAttribute("name")!, token.GetAttribute("value")!));

        Assert.Equal(404, (await finance.Open(sent.Location!)).Status);
    }

    [Fact]
    public async Task Only_finance_sees_it() =>
        Assert.NotEqual(200, (await (await app.VisitAs("operations")).Open("/office/reconciliation")).Status);
}
