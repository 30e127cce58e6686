using HaoSuan.Leases;
using HaoSuan.Payments;
using HaoSuan.Platform.Sheets;
using Microsoft.EntityFrameworkCore;

namespace HaoSuan.Tests.Web;

/// <summary>How orders are paid from a phone, a desktop and inside WeChat, against the sandbox.</summary>
public sealed class WaysToPayTests : SandboxedTests
{
    private const string WeChat = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50";
    private const string Phone = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";
    private const string Desktop = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36";

    [Fact]
    public async Task Inside_WeChat_the_consumer_is_recognised_and_pays_what_the_merchant_has_signed()
    {
        var (visitor, pay) = await Ordered(WeChat);

        var sent = await visitor.Open(pay);
        Assert.StartsWith($"{At}connect/oauth2/authorize?appid={Keys.WeChatAppId}&", sent.Location, StringComparison.Ordinal);
        Assert.Contains("&scope=snsapi_base&", sent.Location, StringComparison.Ordinal);
        var page = await visitor.Open(await Recognised(sent.Location!));
        Assert.Equal(200, page.Status);
        Assert.DoesNotContain(World.WeChatUser, page.Text, StringComparison.Ordinal);
        var handed = page.Document.QuerySelector("[data-hand-over]")!;

        using var taken = await Http.PostAsync("pay/wechat/jsapi", new StringContent(handed.GetAttribute("data-hand-over")!), Cancel);
        Assert.True(taken.IsSuccessStatusCode);
        using var pressed = await Http.PostAsync(await taken.Content.ReadAsStringAsync(Cancel), null, Cancel);
        Assert.Contains("支付成功", await pressed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(1, await World.Deliveries.DeliverAsync(cancel: Cancel));
        await App.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Cancel);

        var status = await visitor.Open(handed.GetAttribute("data-paid")!);
        Assert.DoesNotContain("去支付", status.Words, StringComparison.Ordinal);
        Assert.Equal("wechat", Assert.Single(await App.With<ReadVouchers, IReadOnlyList<Voucher>>(v => v.FindAsync(new(), 0, 9, Cancel))).Channel);
    }

    [Fact]
    public async Task What_was_altered_on_the_page_WeChat_does_not_take()
    {
        var (visitor, pay) = await Ordered(WeChat);
        var page = await visitor.Open(await Recognised((await visitor.Open(pay)).Location!));
        var handed = page.Document.QuerySelector("[data-hand-over]")!.GetAttribute("data-hand-over")!;

        using var taken = await Http.PostAsync(
            "pay/wechat/jsapi", new StringContent(handed.Replace("prepay_id=wx", "prepay_id=wy", StringComparison.Ordinal)), Cancel);

        Assert.Equal(400, (int)taken.StatusCode);
    }

    [Fact]
    public async Task A_code_serves_once_and_only_the_browser_and_the_order_for_which_it_was_asked()
    {
        var (visitor, pay) = await Ordered(WeChat);
        var back = await Recognised((await visitor.Open(pay)).Location!);
        var (stranger, other) = await Ordered(WeChat, 2);
        Assert.Equal(302, (await stranger.Open(other)).Status);

        Assert.Equal(422, (await stranger.Open(back)).Status);
        Assert.Equal(422, (await visitor.Open(back.Replace("&state=", "&state=0", StringComparison.Ordinal))).Status);
        Assert.Equal(200, (await visitor.Open(back)).Status);
        var again = await visitor.Open(back);
        Assert.Equal(422, again.Status);
        Assert.Contains("微信没有告诉我们是谁在付款", again.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_payer_of_the_same_order_gets_a_payment_of_his_own()
    {
        var (visitor, pay) = await Ordered(WeChat);
        for (var i = 0; i < 2; i++)
        {
            foreach (var user in new[] { "oSandbox0000000000000000001", "oSandbox0000000000000000002" })
            {
                World.WeChatUser = user;
                Assert.Equal(200, (await visitor.Open(await Recognised((await visitor.Open(pay)).Location!))).Status);
            }
        }
        var rows = await App.With<Db, List<string>>(db => db.Database.SqlQuery<string>($"select payer_hash as Value from payment").ToListAsync(Cancel));
        Assert.Equal(2, rows.Count);
        Assert.DoesNotContain(rows, r => r.Contains("oSandbox", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Finance_decides_on_another_amount_beside_its_message()
    {
        var (visitor, pay) = await Ordered(Desktop);
        await visitor.Open(pay);
        var number = await App.With<Db, string>(db => db.Database.SqlQuery<string>($"select trade_no as Value from payment").SingleAsync(Cancel));
        Assert.True(World.PayAnother(number, new(9_00)));
        await World.Deliveries.DeliverAsync(cancel: Cancel);
        var finance = await App.VisitAs("finance");
        Assert.Contains("金额不符的收款", (await finance.Open("/office")).Words, StringComparison.Ordinal);
        var list = await finance.Open("/office/disputes");
        Assert.Contains("待决定", list.Words, StringComparison.Ordinal);
        Assert.Equal(403, (await (await App.VisitAs("operations")).Open("/office/disputes")).Status);

        var bad = await finance.Submit("/office/vouchers/1", "/office/vouchers/1/decision", ("decision", "Accept"), ("reason", ""));
        Assert.Equal((422, "请填写原因，最多 80 个字。"), (bad.Status, bad.ErrorOf("reason")));
        Assert.Contains("\"trade_state\":\"SUCCESS\"",
            (await finance.Submit("/office/vouchers/1", "/office/vouchers/1/message")).Text.Replace("&quot;", "\""), StringComparison.Ordinal);
        var done = await finance.Submit("/office/vouchers/1", "/office/vouchers/1/decision", ("decision", "Accept"), ("reason", "活动立减 1 元"));
        Assert.Equal(302, done.Status);

        var voucher = await finance.Open("/office/vouchers/1");
        Assert.Contains("收作货款", voucher.Words, StringComparison.Ordinal);
        Assert.Contains("活动立减 1 元", voucher.Words, StringComparison.Ordinal);
        Assert.Null(voucher.Document.QuerySelector("form[action$=decision]"));
        await App.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Cancel);
        Assert.DoesNotContain("去支付", (await visitor.Open(pay.Split("/pay")[0])).Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Phone, "wechat", "http://sandbox.test/pay/wechat/wx*?from=h5&redirect_url=https*")]
    [InlineData(Phone, "alipay", "http://sandbox.test/gateway.do?*method=alipay.trade.wap.pay*")]
    [InlineData(Phone, "wechat-qr", "微信扫码支付")]
    [InlineData(Phone, "alipay-qr", "支付宝扫码支付")]
    [InlineData(Desktop, "wechat", "微信支付扫码支付")]
    [InlineData(Desktop, "alipay", "http://sandbox.test/gateway.do?*method=alipay.trade.page.pay*")]
    [InlineData(Desktop, "alipay-qr", "支付宝扫码支付")]
    [InlineData(WeChat, "wechat-qr", "微信扫码支付")]
    [InlineData(WeChat, "alipay", "支付宝扫码支付")]
    public async Task Each_place_has_its_way(string agent, string chosen, string expected)
    {
        var (visitor, pay) = await Ordered(agent);

        var answer = await visitor.Open(pay.Replace("=wechat", $"={chosen}", StringComparison.Ordinal));

        if (expected.StartsWith("http", StringComparison.Ordinal))
            Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(expected).Replace("\\*", ".*", StringComparison.Ordinal) + "$", answer.Location);
        else Assert.NotNull(answer.Document.QuerySelector("svg.qr"));
    }

    [Theory]
    [InlineData(WeChat, "wechat wechat-qr alipay-qr")]
    [InlineData(Phone, "wechat alipay wechat-qr alipay-qr")]
    [InlineData(Desktop, "wechat alipay alipay-qr")]
    public async Task The_consumer_chooses_among_what_works_there(string agent, string ways)
    {
        var (visitor, pay) = await Ordered(agent);

        var status = await visitor.Open(pay.Split("/pay")[0]);
        var shop = await Shop.OpenAsync(App, new(10_00));
        var form = await visitor.Open(shop.Page);

        Assert.Equal(ways.Split(' '), Ways(status, "channel"));
        Assert.Equal(ways.Split(' '), Ways(form, "Channel"));
        var last = ways.Split(' ')[^1];
        var placed = await visitor.Submit(form, shop.Page, [.. Shop.Form(3), ("Channel", last)]);
        Assert.EndsWith($"/pay?channel={last}", placed.Location, StringComparison.Ordinal);
        Assert.NotNull((await visitor.Open(placed.Location!)).Document.QuerySelector("svg.qr"));

        static IEnumerable<string> Ways(Page page, string name) =>
            page.Document.QuerySelectorAll($"input[name={name}]").Select(i => i.GetAttribute("value")!);
    }

    [Fact]
    public async Task A_lease_is_paid_inside_WeChat_by_whoever_is_recognised()
    {
        var (visitor, pay) = await Leased(WeChat);

        var back = await Recognised((await visitor.Open(pay)).Location!);
        Assert.Contains("bill=1", back, StringComparison.Ordinal);
        var page = await visitor.Open(back);

        Assert.NotNull(page.Document.QuerySelector("[data-hand-over]"));
        Assert.Equal(422, (await App.Visit().Open(back)).Status);
    }

    [Fact]
    public async Task Too_little_for_a_lease_is_not_offered_to_be_taken()
    {
        var (visitor, pay) = await Leased(Desktop);
        await visitor.Open(pay);
        var number = await App.With<Db, string>(db => db.Database.SqlQuery<string>($"select trade_no as Value from payment").SingleAsync(Cancel));
        Assert.True(World.PayAnother(number, new(9_00)));
        await World.Deliveries.DeliverAsync(cancel: Cancel);

        var voucher = await (await App.VisitAs("finance")).Open("/office/vouchers/1");

        Assert.Equal(["GiveBack", "Keep"], voucher.Document.QuerySelectorAll("input[name=decision]").Select(i => i.GetAttribute("value")!));
    }

    private async Task<(Visitor Visitor, string Pay)> Leased(string agent)
    {
        var (shop, visitor) = (await Shop.OpenAsync(App), App.Visit());
        visitor.UserAgent = agent;
        var terms = new ModelForm
        {
            Code = "MF1", Name = "随身 WiFi", MonthlyFee = "30", Deposit = "100", MinMonths = "3", GraceDays = "5", BuyOut = "1 150", OnOffer = "true",
        };
        var model = (await App.With<SaveModel, Result<DeviceModelId>>(s => s.RunAsync(null, terms, Cancel))).Value;
        _ = (await App.With<ReceiveDevices, Result<DevicesReceived>>(r => r.RunAsync(model, SheetLines.Of("SN00001"), Cancel))).Value;
        var page = $"{shop.Home}/devices/MF1";
        return (visitor, (await visitor.Submit(page, page, [.. Shop.Form(4), ("Channel", "wechat")])).Location!);
    }

    private async Task<(Visitor Visitor, string Pay)> Ordered(string agent, int person = 1)
    {
        var (shop, visitor) = (await Shop.OpenAsync(App, new(10_00)), App.Visit());
        visitor.UserAgent = agent;
        var sent = await visitor.Submit(shop.Page, shop.Page, [.. Shop.Form(person), ("Channel", "wechat")]);
        Assert.EndsWith("/pay?channel=wechat", sent.Location, StringComparison.Ordinal);
        return (visitor, sent.Location!);
    }

    /// <summary>The browser is at WeChat, which sends it back at once.</summary>
    private async Task<string> Recognised(string address)
    {
        using var answer = await Http.GetAsync(address, Cancel);
        Assert.StartsWith("https://haoka.test/s/", answer.Headers.Location?.AbsoluteUri, StringComparison.Ordinal);
        return answer.Headers.Location!.PathAndQuery;
    }
}
