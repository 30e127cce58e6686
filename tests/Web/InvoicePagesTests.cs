using HaoSuan.Invoices;
using HaoSuan.Notifications;
using HaoSuan.Orders;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Web;

/// <summary>An installation of its own, with lines for payments, short messages and mail to a sandbox on loopback.</summary>
public sealed class InvoicePagesTests : IAsyncLifetime
{
    private const string Pdf = "application/pdf";

    private readonly SandboxKeys _keys = SandboxKeys.Generate(TimeProvider.System);
    private readonly SocketsHttpHandler _handler = new() { UseProxy = false };
    private readonly App _app;
    private SandboxHost _sandbox = null!;       // started before each test

    public InvoicePagesTests() => _app = new() { Configure = AddLines };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(_keys, TimeProvider.System, cancel: Cancel);
        await _app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _sandbox.DisposeAsync();
        _handler.Dispose();
    }

    private void AddLines(IServiceCollection services) => services
        .AddSingleton<IPaymentChannel>(new WeChatPay(Http, _keys.WeChatPay(_sandbox.Address), TimeProvider.System, Http))
        .AddSingleton(new TencentSms(Http, _keys.Sms(_sandbox.Address), TimeProvider.System))
        .AddSingleton(new SmtpLine(_keys.Mail(_sandbox.World.PostOffice), TimeProvider.System));

    private HttpClient Http => new(_handler, disposeHandler: false);

    [Fact]
    public async Task A_consumer_asks_for_an_invoice_after_phone_and_code_and_finds_it_on_his_statement()
    {
        await SetUp();
        var (shop, order) = await Paid();
        var visitor = _app.Visit();
        var statement = $"{shop.Home}/statement";
        Assert.Equal($"{shop.Home}/track", (await visitor.Open(statement)).Location);
        await Enter(visitor, shop);
        Assert.Contains((await visitor.Open($"{shop.Home}/track")).Document.QuerySelectorAll("a"), a => a.GetAttribute("href") == statement);

        var page = await visitor.Open(statement);
        Assert.Contains("微信支付￥59.00", Together(page), StringComparison.Ordinal);
        var ask = $"{statement}/order/{order.Value}";
        var bad = await visitor.Submit(ask, ask, ("Title", ""), ("Email", "x"));
        Assert.Equal(422, bad.Status);
        Assert.Equal(("请填写发票抬头，不超过 100 个字。", "邮箱格式不对，请填写如 name@example.com 的地址。"), (bad.ErrorOf("Title"), bad.ErrorOf("Email")));
        Assert.Equal(statement, (await visitor.Submit(ask, ask, ("Title", "张三丰"), ("Email", "zhang@example.com"))).Location);
        await Drain();

        var after = await visitor.Open(statement);
        Assert.Contains("普通发票￥59.00已开具", Together(after), StringComparison.Ordinal);
        Assert.DoesNotContain("申请发票", after.Words, StringComparison.Ordinal);
        var link = after.Document.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!).Single(h => h.Contains("/invoices/", StringComparison.Ordinal));
        Assert.Equal(Pdf, (await visitor.Open($"{link}/file/pdf")).ContentHeaders.ContentType!.MediaType);
        Assert.Equal(Pdf, (await visitor.Open($"{statement}/file/pdf")).ContentHeaders.ContentType!.MediaType);
        Assert.DoesNotContain("zhang@example.com", (await visitor.Open(link)).Text, StringComparison.Ordinal);
        Assert.Equal(link, (await visitor.Submit(link, $"{link}/send", ("Email", "other@example.com"))).Location);
        await Drain();
        Assert.Equal(["zhang@example.com", "other@example.com"], _sandbox.World.PostOffice.Received.Select(m => m.To));
    }

    [Fact]
    public async Task Nobody_sees_the_invoices_of_another_phone()
    {
        await SetUp();
        var (shop, order) = await Paid();
        var id = (await _app.With<AskInvoice, Result<InvoiceId>>(a => a.RunAsync(
            new("order", order.Value), InvoiceForm.Empty with { Title = "张三丰", Email = "a@example.com" }, Cancel))).Value;
        await Drain();
        var (other, _) = await Paid("13900139000", 2);
        var visitor = _app.Visit();
        await Enter(visitor, other, "13900139000");

        string[] others = [$"order/{order.Value}", $"invoices/{id.Value}", $"invoices/{id.Value}/file/pdf", $"order/{Guid.Empty}", $"lease/{order.Value}"];
        foreach (var path in others)
            Assert.Equal((path, 404), (path, (await visitor.Open($"{other.Home}/statement/{path}")).Status));
        Assert.Equal($"{shop.Home}/track", (await _app.Visit().Open($"{shop.Home}/statement/invoices/{id.Value}/file/pdf")).Location);
    }

    [Fact]
    public async Task Finance_sets_rates_asks_for_a_consumer_posts_and_takes_back()
    {
        var finance = await _app.VisitAs("finance");
        const string rates = "/office/invoice-rates";
        Assert.Contains("还不能开票", (await finance.Open(rates)).Words, StringComparison.Ordinal);
        var bad = await finance.Submit(rates, rates, ("From", ""), ("Rate", "20%"), ("ClassCode", "1"), ("ShortName", "电信服务"), ("Name", "号卡"));
        Assert.Equal((422, "税率应为 0% 到 13%，最多两位小数，如 6%。"), (bad.Status, bad.ErrorOf("Rate")));
        await SetUp();
        Assert.Contains("*电信服务*号卡", (await finance.Open(rates)).Words, StringComparison.Ordinal);
        var (_, order) = await Paid();
        var no = (await _app.With<OrderList, OrderDetail?>(l => l.FindAsync(order, cancel: Cancel)))!.Order.OrderNo;
        Assert.Contains("没有这个单号", (await finance.Open("/office/invoices/new?no=1")).Words, StringComparison.Ordinal);

        var asked = await finance.Submit($"/office/invoices/new?no={no}", "/office/invoices/new", ("Title", "张三丰"), ("Delivery", "post"),
            ("Recipient", "张三丰"), ("Phone", "13800138000"), ("Address", "广东省广州市天河区中山大道 18 号"));
        var invoice = asked.Location!;
        await Drain();
        Assert.Contains("待寄出", (await finance.Open("/office/invoices?show=post")).Words, StringComparison.Ordinal);
        Assert.DoesNotContain("中山大道", (await finance.Open(invoice)).Text, StringComparison.Ordinal);
        Assert.Contains("中山大道", (await finance.Submit(invoice, $"{invoice}/address")).Text, StringComparison.Ordinal);
        var unposted = await finance.Submit(invoice, $"{invoice}/post", ("courier", ""), ("trackingNo", "1"));
        Assert.Equal((422, "请填写快递公司，不超过 39 个字。"), (unposted.Status, unposted.ErrorOf("courier")));
        Assert.Equal(invoice, (await finance.Submit(invoice, $"{invoice}/post", ("courier", "顺丰"), ("trackingNo", "SF1"))).Location);
        Assert.Contains("顺丰 SF1", (await finance.Open(invoice)).Words, StringComparison.Ordinal);

        Assert.Equal(invoice, (await finance.Submit(invoice, $"{invoice}/red", ("reason", "抬头开错"))).Location);
        await Drain();
        Assert.Contains("红字普通发票已开具-￥59.00", Together(await finance.Open(invoice)), StringComparison.Ordinal);
        Assert.Equal(403, (await (await _app.VisitAs("operations")).Open("/office/invoices")).Status);
    }

    private static string Together(Page page) => page.Words.Replace(" ", "", StringComparison.Ordinal);

    private Task<int> Drain() => _app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Cancel);

    private async Task SetUp()
    {
        await _app.With<InvoiceRates, Result<Done>>(r => r.SetSellerAsync(new("示例号卡科技有限公司", "91350100M000100Y43", "李四"), Cancel));
        await _app.With<InvoiceRates, Result<Done>>(r =>
            r.SetAsync(new("CardFee", "2026-01-01", "6%", "3030000000000000000", "电信服务", "号卡"), Cancel));
    }

    private async Task<(Shop Shop, OrderId Order)> Paid(string phone = "13800138000", int person = 1)
    {
        var shop = await Shop.OpenAsync(_app, new(59_00));
        var form = Shop.Form(person).Where(f => f.Item1 != "Phone").Append(("Phone", phone)).Append(("Channel", "wechat"));
        var placed = await _app.Visit().Submit(shop.Page, shop.Page, [.. form]);
        var order = (await _app.With<OrderList, OrderDetail?>(l => l.FindByTokenAsync(placed.Location!.Split('/', '?')[4], Cancel)))!.Order;
        var payment = (await _app.With<StartPayment, Result<PaymentStarted>>(s => s.RunAsync(
            new(order.Id, order.OrderNo, order.Price, "wechat", PayFace.Qr, "号卡", "127.0.0.1", new("https://haoka.test/")), Cancel))).Value.Id;
        await _app.With<ApplyPayment, Done>(async a =>
        {
            await a.RunAsync(payment, new PaymentState.Paid($"42{order.OrderNo[^8..]}", order.Price, TimeProvider.System.Now), Cancel);
            return default;
        });
        await Drain();
        return (shop, order.Id);
    }

    private async Task Enter(Visitor visitor, Shop shop, string phone = "13800138000")
    {
        var track = $"{shop.Home}/track";
        var asked = await visitor.Submit(track, track, ("Phone", phone));
        await Drain();
        await visitor.Submit(asked.Location!, asked.Location, ("Code", _sandbox.World.Messages[^1].Values[0]));
    }
}
