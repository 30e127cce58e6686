using HaoSuan.Identity;
using HaoSuan.Orders;

namespace HaoSuan.Tests.Web;

public sealed class AfterSalePagesTests(App app)
{
    private const string Old = "89860100000000004001";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A free card of the upstream that has arrived; the office's page of it, and the consumer's.</summary>
    private async Task<(string Office, string Consumer)> Delivered(int person) => await Delivered(person, await Shop.OpenAsync(app));

    private async Task<(string Office, string Consumer)> Delivered(int person, Shop shop)
    {
        var consumer = (await app.Visit().Submit(shop.Page, shop.Page, Shop.Form(person))).Location!;
        var id = (await app.With<OrderList, IReadOnlyList<OrderSummary>>(l => l.OfTeamAsync(shop.Seller, new(), 0, 1)))[0].Id;
        foreach (var kind in new[] { "shipped", "delivered" })
            _ = await app.With<Facts, bool>(f => f.RecordAsync(new(id, kind, Instant.From(TimeProvider.System.GetUtcNow()), "upstream:a", kind,
                Attributes: new Dictionary<string, string> { ["iccid"] = Old }), Cancel));
        return ($"/office/orders/{id.Value}", consumer);
    }

    [Fact]
    public async Task The_consumer_asks_and_the_office_exchanges_and_both_read_where_it_stands()
    {
        var (order, status) = await Delivered(301);
        var (consumer, operations) = (app.Visit(), await app.VisitAs("operations"));
        var missing = await consumer.Submit(status, $"{status}/after-sales");
        Assert.Equal((422, "请选择您想怎么办。"), (missing.Status, missing.ErrorOf("Wish")));
        Assert.Equal(status, (await consumer.Submit(status, $"{status}/after-sales", ("Wish", "Exchange.Defective"))).Location);
        Assert.Contains("客服会在 1 天内处理", (await consumer.Open(status)).Words, StringComparison.Ordinal);
        Assert.Contains("无人认领", (await operations.Open(order)).Words, StringComparison.Ordinal);

        Assert.Equal(order, (await operations.Submit(order, $"{order}/after-sales/1/take")).Location);
        Assert.Equal(order, (await operations.Submit(order, $"{order}/after-sales/1/step", ("Do", "Agree"), ("Text", "旧卡请寄回一号仓"))).Location);
        Assert.Contains("旧卡请寄回一号仓", (await consumer.Open(status)).Words, StringComparison.Ordinal);
        var wrong = await operations.Submit(order, $"{order}/after-sales/1/send", ("Iccid", "1"));
        Assert.Equal(422, wrong.Status);
        Assert.StartsWith("ICCID 应为 8986 开头", wrong.ErrorOf("Iccid"), StringComparison.Ordinal);
        Assert.Equal(order, (await operations.Submit(
            order, $"{order}/after-sales/1/send", ("Iccid", "89860100000000004002"), ("Courier", "顺丰"), ("TrackingNo", "SF1234567890"))).Location);
        Assert.Contains("顺丰 SF1234567890", (await consumer.Open(status)).Words, StringComparison.Ordinal);
        var parcel = $"{status}/after-sales/1/parcel";
        var unknown = await consumer.Submit(status, parcel, ("Courier", "顺丰"), ("TrackingNo", "1"));
        Assert.Equal((422, "1"), (unknown.Status, unknown.Document.QuerySelector("[name=TrackingNo]")!.GetAttribute("value")));
        Assert.Equal(status, (await consumer.Submit(status, parcel, ("Courier", "顺丰"), ("TrackingNo", "SF0000000009"))).Location);
        Assert.Contains("旧卡收到后办结", (await consumer.Open(status)).Words, StringComparison.Ordinal);
        Assert.Contains("顺丰 SF0000000009", (await operations.Open(order)).Words, StringComparison.Ordinal);
        Assert.Contains($"{Old} → 89860100000000004002", (await operations.Open(order)).Words, StringComparison.Ordinal);

        var silent = await operations.Submit(order, $"{order}/after-sales/1/step", ("Do", "GiveUp"), ("Text", ""));
        Assert.Equal(422, silent.Status);
        Assert.StartsWith("请写明情况和依据", silent.ErrorOf("Text"), StringComparison.Ordinal);
        Assert.Equal(order, (await operations.Submit(order, $"{order}/after-sales/1/step", ("Do", "Receive"), ("Text", "运单 YT1"))).Location);
        Assert.Contains("已办完", (await consumer.Open(status)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_return_is_refunded_by_finance_alone_and_stands_in_the_work_list()
    {
        var (order, _) = await Delivered(302);
        var (operations, finance) = (await app.VisitAs("operations"), await app.VisitAs("finance"));
        var unfit = await operations.Submit(order, $"{order}/after-sales", ("Kind", "Replacement"), ("Reason", "CardLost"), ("Text", "用户来电"));
        Assert.Equal(422, unfit.Status);
        Assert.StartsWith("号码还没有激活", unfit.ErrorOf("Kind"), StringComparison.Ordinal);
        Assert.Equal(order, (await operations.Submit(
            order, $"{order}/after-sales", ("Kind", "Return"), ("Reason", "Unwanted"), ("Text", "用户来电"))).Location);
        await operations.Submit(order, $"{order}/after-sales/1/step", ("Do", "Agree"), ("Text", ""));
        await operations.Submit(order, $"{order}/after-sales/1/step", ("Do", "Receive"), ("Text", "运单 YT2"));

        var number = (await operations.Open(order)).Document.QuerySelector("h1")!.TextContent.Split(' ')[^1];
        foreach (var query in new[] { "", "&state=Back", "&owner=nobody", "&kind=Return" })
            Assert.Contains(number, (await finance.Open($"/office/after-sales?q={number}{query}")).Words, StringComparison.Ordinal);
        foreach (var query in new[] { "&state=Asked", "&state=overdue", "&owner=me", "&kind=Reship" })
            Assert.DoesNotContain(number, (await finance.Open($"/office/after-sales?q={number}{query}")).Document.QuerySelector("main")!
                .QuerySelectorAll("td").Select(c => c.TextContent.Trim()));
        Assert.DoesNotContain((await operations.Open(order)).Document.Forms, f => f.GetAttribute("action") == $"{order}/after-sales/1/refund");
        var bad = await finance.Submit(order, $"{order}/after-sales/1/refund", ("Deduction", "viel"));
        Assert.Equal((422, "扣除金额请填数字，最多两位小数，例如 5.00；不扣请留空。"), (bad.Status, bad.ErrorOf("Deduction")));
        Assert.Equal(order, (await finance.Submit(order, $"{order}/after-sales/1/refund")).Location);
        Assert.Contains("已退回", (await operations.Open(order)).Words, StringComparison.Ordinal);
        Assert.Contains("售后处理", (await operations.Open(order)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_staff_writes_down_is_the_offices_and_a_distributor_reads_only_what_happened()
    {
        var shop = await Shop.OpenAsync(app);
        var (order, _) = await Delivered(304, shop);
        var name = $"after{shop.Code}".ToLowerInvariant();
        _ = (await app.With<Users, Result<UserId>>(u => u.CreateAsync(name, App.Password, Role.Distributor, shop.Seller, Cancel))).Value;
        var operations = await app.VisitAs("operations");
        Assert.Equal(order, (await operations.Submit(
            order, $"{order}/after-sales", ("Kind", "Return"), ("Reason", "Unwanted"), ("Text", "快递工单 4410"))).Location);
        Assert.Contains("快递工单 4410", (await operations.Open(order)).Words, StringComparison.Ordinal);

        var read = (await (await app.VisitAs(name)).Open(order.Replace("/office/", "/agent/", StringComparison.Ordinal))).Words;

        Assert.Contains("申请售后", read, StringComparison.Ordinal);
        Assert.DoesNotContain("快递工单 4410", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_there_is_not_is_asked_for_again()
    {
        var (order, _) = await Delivered(305);
        var operations = await app.VisitAs("operations");

        var wrong = await operations.Submit(order, $"{order}/after-sales", ("Kind", "99"), ("Reason", "Unwanted"), ("Text", "用户来电"));

        Assert.Equal((422, "请选择售后类型。"), (wrong.Status, wrong.ErrorOf("Kind")));
    }

    [Fact]
    public async Task The_consumer_withdraws_what_nobody_has_agreed_to_and_another_operators_page_knows_nothing_of_it()
    {
        var (_, status) = await Delivered(303);
        var consumer = app.Visit();
        await consumer.Submit(status, $"{status}/after-sales", ("Wish", "Return.Unwanted"));

        Assert.Equal(status, (await consumer.Submit(status, $"{status}/after-sales/1/withdraw")).Location);

        Assert.Contains("已撤销，订单照旧", (await consumer.Open(status)).Words, StringComparison.Ordinal);
        Assert.Equal(404, (await consumer.Open(status.Replace(status.Split('/')[^1], "0000", StringComparison.Ordinal))).Status);
    }
}
