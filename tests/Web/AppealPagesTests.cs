using HaoSuan.Appeals;
using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Settlements;

namespace HaoSuan.Tests.Web;

public sealed class AppealPagesTests(App app)
{
    private const string Stage = "激活并首充";

    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private static int _people;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Instant Now => Instant.From(TimeProvider.System.GetUtcNow());

    /// <summary>An order of the child that is activated, but of whose top-up nobody has told.</summary>
    private async Task<(Sample Sample, PlacedOrder Order)> Ordered()
    {
        var sample = await Sample.MakeAsync(app);
        var product = (await app.With<Products, Product?>(p => p.FindByCodeAsync(sample.Product, Cancel)))!.Id;
        var form = new OrderForm
        {
            Name = "李雷",
            IdNumber = Shop.IdNumber(700 + Interlocked.Increment(ref _people)),
            Phone = "13800138000",
            Province = "44",
            City = "广州市",
            District = "天河区",
            Address = "体育西路 12 号 3 楼",
            Consent = "true",
        };
        var order = (await app.With<PlaceOrder, Result<PlacedOrder>>(p => p.RunAsync(new(sample.ChildId, product, form, "browser"), Cancel))).Value;
        await app.With<Facts, bool>(f => f.RecordAsync(new(order.Id, "activated", Now, "test", "activated"), Cancel));
        return (sample, order);
    }

    private static string FormOf(PlacedOrder order) => $"/agent/appeals/new?order={order.Id.Value}";

    /// <summary>Opens an appeal as the child; returns its address in the portal.</summary>
    private static async Task<string> Appeal(Visitor child, PlacedOrder order) =>
        (await child.Submit(FormOf(order), FormOf(order), ("stage", Stage), ("text", "客户已充值 50 元"))).Location!;

    private static string InOffice(string inPortal) => inPortal.Replace("/agent/", "/office/", StringComparison.Ordinal);

    private static string Local(Instant at) => Zone.Shanghai.ToLocal(at).ToString("yyyy-MM-dd'T'HH:mm", null);

    [Fact]
    public async Task An_appeal_goes_from_the_reasons_to_the_office_and_comes_back_as_money()
    {
        var (sample, order) = await Ordered();
        var child = await app.VisitAs(sample.Child);
        var why = await child.Open($"/agent/orders/{order.Id.Value}/why");
        var link = why.Document.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!).Single(h => h.Contains("&stage=", StringComparison.Ordinal));
        var form = await child.Open(link);
        Assert.Equal(Stage, form.Document.QuerySelector("#field-stage option[selected]")!.GetAttribute("value"));

        var sent = await child.Upload(FormOf(order), "files", "截图.gif", Picture, ("stage", Stage), ("text", "客户 3 月 5 日充值 50 元\n见截图"));
        var mine = await child.Open(sent.Location!);
        Assert.Contains("待处理", mine.Words, StringComparison.Ordinal);
        Assert.Contains("最晚处理日", mine.Words, StringComparison.Ordinal);
        var picture = await child.Open(mine.Document.QuerySelector("#page img")!.GetAttribute("src")!);
        Assert.Equal((200, "image/png"), (picture.Status, picture.ContentHeaders.ContentType!.MediaType));
        Assert.Contains(order.OrderNo, (await child.Open("/agent/appeals")).Words, StringComparison.Ordinal);

        var finance = await app.VisitAs("finance");
        var address = InOffice(sent.Location!);
        Assert.Contains(order.OrderNo, (await finance.Open($"/office/appeals?q={order.OrderNo}")).Words, StringComparison.Ordinal);
        Assert.Equal(address, (await finance.Submit(address, $"{address}/take")).Location);
        var page = await finance.Open(address);
        Assert.Contains("负责人finance", page.Words, StringComparison.Ordinal);
        Assert.Contains("依据的事实", page.Words, StringComparison.Ordinal);
        Assert.Contains("stage=first（激活并首充）", page.Words, StringComparison.Ordinal);
        var decided = await finance.Submit(page, $"{address}/decide", ("Verdict", "Upheld"), ("Change", "add"), ("Kind", "topped_up"),
            ("At", Local(Now)), ("Amount", "50"), ("Reason", "已向上游核实，充值属实"));
        Assert.Equal((302, address), (decided.Status, decided.Location));
        Assert.Contains("还没有新的明细", (await finance.Open(address)).Words, StringComparison.Ordinal);
        await app.With<RunSettlement, RunReport>(r => r.RunAsync(Now, Cancel));

        var done = (await child.Open(sent.Location!)).Words;
        Assert.Contains("成立", done, StringComparison.Ordinal);
        Assert.Contains("已向上游核实，充值属实", done, StringComparison.Ordinal);
        Assert.Contains("补记充值 ￥50.00", done, StringComparison.Ordinal);
        Assert.Contains("+￥80.00", done, StringComparison.Ordinal);
        Assert.Contains("+￥80.00", (await finance.Open(address)).Words, StringComparison.Ordinal);
        Assert.DoesNotContain(
            (await finance.Open(address)).Document.Forms, f => f.GetAttribute("action")!.StartsWith(address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_an_appeal_stands_beside_its_field_and_what_was_typed_stays()
    {
        var (sample, order) = await Ordered();
        var child = await app.VisitAs(sample.Child);

        var personal = await child.Upload(FormOf(order), "files", "a.png", "<svg onload=alert(1)>"u8.ToArray(), ("stage", Stage), ("text", "电话 13900139000"));

        Assert.Equal(422, personal.Status);
        Assert.Contains("请去掉", personal.ErrorOf("text"), StringComparison.Ordinal);
        Assert.Contains("第 1 个文件不是图片", personal.ErrorOf("files"), StringComparison.Ordinal);
        Assert.Equal("电话 13900139000", personal.Document.QuerySelector("#field-text")!.TextContent);
        Assert.Equal(Stage, personal.Document.QuerySelector("#field-stage option[selected]")!.GetAttribute("value"));
        var first = await Appeal(child, order);
        var second = await child.Submit(FormOf(order), FormOf(order), ("stage", Stage), ("text", "再来一次"));
        Assert.Equal(422, second.Status);
        Assert.Contains("已有申诉", second.ErrorOf("stage"), StringComparison.Ordinal);
        Assert.Equal(302, (await child.Submit(first, $"{first}/withdraw")).Status);
        Assert.Contains("已撤回", (await child.Open(first)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_is_not_whole_comes_back_as_it_was_typed()
    {
        var (sample, order) = await Ordered();
        var address = InOffice(await Appeal(await app.VisitAs(sample.Child), order));
        var finance = await app.VisitAs("finance");

        var nothing = await finance.Submit(address, $"{address}/decide", ("Change", "add"), ("Amount", "5o"), ("Attributes", "stage"));
        var noReason = await finance.Submit(address, $"{address}/decide", ("Verdict", "Rejected"), ("Change", "none"), ("Kind", "billed"));

        Assert.Equal((422, 422), (nothing.Status, noReason.Status));
        foreach (var field in new[] { "Verdict", "At", "Amount", "Attributes" }) Assert.NotNull(nothing.ErrorOf(field));
        Assert.Equal("5o", nothing.Document.QuerySelector("#field-Amount")!.GetAttribute("value"));
        Assert.Equal("请填写说明。", noReason.ErrorOf("Reason"));
        Assert.Equal("billed", noReason.Document.QuerySelector("#field-Kind option[selected]")!.GetAttribute("value"));
        Assert.Equal(address, (await finance.Open($"{address}/decide")).Location);
    }

    [Fact]
    public async Task The_office_asks_and_the_distributor_answers()
    {
        var (sample, order) = await Ordered();
        var child = await app.VisitAs(sample.Child);
        var mine = await Appeal(child, order);
        var address = InOffice(mine);
        var finance = await app.VisitAs("finance");

        await finance.Submit(address, $"{address}/messages", ("text", "请提供充值截图"), ("ask", "true"));
        var asked = (await child.Open(mine)).Words;
        Assert.Contains("需要您补充", asked, StringComparison.Ordinal);
        Assert.Contains("请提供充值截图", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("finance", asked, StringComparison.Ordinal);
        Assert.Equal(mine, (await child.Submit(mine, $"{mine}/messages", ("text", "截图如下"))).Location);

        Assert.Contains("截图如下", (await finance.Open(address)).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("需要您补充", (await child.Open(mine)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_rejected_is_reopened_from_its_page()
    {
        var (sample, order) = await Ordered();
        var child = await app.VisitAs(sample.Child);
        var mine = await Appeal(child, order);
        var finance = await app.VisitAs("finance");
        await finance.Submit(InOffice(mine), $"{InOffice(mine)}/decide", ("Verdict", "Rejected"), ("Change", "none"), ("Reason", "单笔不足 50 元"));
        Assert.Contains("不同意驳回", (await child.Open(mine)).Words, StringComparison.Ordinal);

        Assert.Equal(mine, (await child.Submit(mine, $"{mine}/reopen", ("text", "有新的凭证"))).Location);

        var reopened = (await child.Open(mine)).Words;
        Assert.Contains("重新申诉", reopened, StringComparison.Ordinal);
        Assert.Contains("待处理", reopened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_finds_the_appeal_or_appeals_the_order()
    {
        var (sample, order) = await Ordered();
        var child = await app.VisitAs(sample.Child);
        var mine = (await child.Upload(FormOf(order), "files", "a.png", Picture, ("stage", Stage), ("text", "见图"))).Location!;
        var (ours, theirs) = (await Sample.MakeAsync(app), await Sample.MakeAsync(app, app.Other));
        foreach (var stranger in new[] { await app.VisitAs(ours.Top), await app.VisitAs(theirs.Top, "other") })
        {
            foreach (var path in new[] { FormOf(order), mine, $"{mine}/files/1" }) Assert.Equal((path, 404), (path, (await stranger.Open(path)).Status));
            var token = await Token(stranger, "/agent");
            foreach (var path in new[] { FormOf(order), $"{mine}/messages", $"{mine}/reopen" })
                Assert.Equal((path, 404), (path, (await stranger.Upload(path, token, ("text", "是我"), ("stage", ""))).Status));
            Assert.Equal(404, (await stranger.Post($"{mine}/withdraw", token)).Status);
        }
        // The parent may appeal the order, but does not read what the child has written.
        var parent = await app.VisitAs(sample.Top);
        Assert.Equal((200, 404), ((await parent.Open(FormOf(order))).Status, (await parent.Open(mine)).Status));
        var other = await app.VisitAs("finance", "other");
        foreach (var path in new[] { InOffice(mine), $"{InOffice(mine)}/files/1" })
            Assert.Equal((path, 404), (path, (await other.Open(path)).Status));
        Assert.Equal(404, (await other.Post($"{InOffice(mine)}/take", await Token(other, "/office"))).Status);
        Assert.DoesNotContain(order.OrderNo, (await other.Open("/office/appeals")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_reads_and_only_finance_decides()
    {
        var (sample, order) = await Ordered();
        var address = InOffice(await Appeal(await app.VisitAs(sample.Child), order));
        var operations = await app.VisitAs("operations");

        var page = await operations.Open(address);

        Assert.Contains("客户已充值 50 元", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Document.Forms, f => f.GetAttribute("action")!.StartsWith(address, StringComparison.Ordinal));
        var token = await Token(operations, "/office");
        Assert.Equal(403, (await operations.Post($"{address}/take", token)).Status);
        Assert.Equal(403, (await operations.Upload($"{address}/decide", token, ("Verdict", "Upheld"), ("Reason", "x"))).Status);
        Assert.Equal(1, await app.With<AppealRecords, int>(r => r.CountAsync(new(AppealState.Open, Text: order.OrderNo), Cancel)));
    }

    private static async Task<(string, string)> Token(Visitor visitor, string path) =>
        ("__RequestVerificationToken", (await visitor.Open(path)).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
}
