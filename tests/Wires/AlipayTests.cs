using System.IO.Compression;
using System.Text;
using CsCheck;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Wires;

public sealed class AlipayTests : IAsyncLifetime
{
    private static readonly TradeNo Number = TradeNo.Parse("HS202603050001");

    private Wiring _wiring = null!;    // made before each test

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Alipay Pay => _wiring.Alipay;

    private Merchant Merchant => _wiring.Merchant;

    private SandboxWorld World => _wiring.World;

    public async ValueTask InitializeAsync() => _wiring = await Wiring.StartAsync();

    public ValueTask DisposeAsync() => _wiring.DisposeAsync();

    private PaymentOrder Order(PayFace face = PayFace.Phone, long fen = 8888) => new(
        Number, "流量卡 29元100G / 首月=免费 & 包邮", new(fen), face, _wiring.Time.Now + TimeSpan.FromMinutes(30), Merchant.Notify("alipay"),
        ReturnUrl: new("https://shop.example/orders/1?from=pay"));

    private async Task<T> ReadyAsync<T>(PaymentOrder order) where T : PayBy =>
        Assert.IsType<T>(Assert.IsType<Creation.Ready>(await Pay.CreateAsync(order, Cancel)).PayBy);

    /// <summary>Opens the cashier as a browser does and gives its address and page.</summary>
    private async Task<(Uri Cashier, string Page)> OpenAsync(Uri gateway)
    {
        using var http = _wiring.Client();
        using var redirect = await http.GetAsync(gateway, Cancel);
        if (redirect.Headers.Location is not { } location) return (gateway, await redirect.Content.ReadAsStringAsync(Cancel));
        var cashier = new Uri(gateway, location);
        return (cashier, await http.GetStringAsync(cashier, Cancel));
    }

    private async Task PaidAsync(long fen = 8888)
    {
        await OpenAsync((await ReadyAsync<PayBy.Redirect>(Order(fen: fen))).Url);
        Assert.True(World.Pay(Number.Value));
    }

    private static RefundOrder Refund(string number = "RF202603050001", long fen = 888) =>
        new(Number, TradeNo.Parse(number), new(fen), new(8888), "用户退订");

    [Theory]
    [InlineData(PayFace.Phone)]
    [InlineData(PayFace.Desktop)]
    public async Task A_page_payment_is_a_signed_address_paid_at_the_cashier_and_noticed(PayFace face)
    {
        var redirect = await ReadyAsync<PayBy.Redirect>(Order(face));
        Assert.IsType<PaymentState.NotPaid>(await Pay.QueryAsync(Number, Cancel));
        var (cashier, page) = await OpenAsync(redirect.Url);
        Assert.Contains("88.88", page, StringComparison.Ordinal);
        Assert.Contains("流量卡 29元100G", page, StringComparison.Ordinal);
        Assert.IsType<PaymentState.NotPaid>(await Pay.QueryAsync(Number, Cancel));

        using var http = _wiring.Client();
        using var pressed = await http.PostAsync(cashier, null, Cancel);
        var after = await pressed.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("href=\"https://shop.example/orders/1?from=pay&amp;app_id=", after, StringComparison.Ordinal);
        Assert.Equal(1, await _wiring.DeliverAsync());

        var paid = Assert.IsType<PaymentState.Paid>(Assert.IsType<ChannelNotice.OfPayment>(Assert.Single(Merchant.Notices)).State);
        Assert.Equal((new Money(8888), _wiring.Time.Now), (paid.Amount, paid.At));
        Assert.Equal(paid, await Pay.QueryAsync(Number, Cancel));
    }

    [Fact]
    public async Task An_address_altered_on_the_way_opens_no_cashier()
    {
        var redirect = await ReadyAsync<PayBy.Redirect>(Order());
        var (_, page) = await OpenAsync(new(redirect.Url.AbsoluteUri.Replace("88.88", "00.01", StringComparison.Ordinal)));
        Assert.Contains("isv.invalid-signature", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_precreated_code_becomes_a_trade_when_it_is_scanned()
    {
        var code = await ReadyAsync<PayBy.QrText>(Order(PayFace.Qr));
        Assert.IsType<PaymentState.NotPaid>(await Pay.QueryAsync(Number, Cancel));
        await OpenAsync(new(code.Text));
        World.Pay(Number.Value);
        Assert.IsType<PaymentState.Paid>(await Pay.QueryAsync(Number, Cancel));
    }

    [Fact]
    public async Task Inside_WeChat_there_is_no_Alipay() =>
        Assert.IsType<Creation.Refused>(await Pay.CreateAsync(Order(PayFace.InWeChat), Cancel));

    [Fact]
    public async Task A_closed_trade_cannot_be_paid_and_a_paid_one_answers_paid_to_closing()
    {
        await OpenAsync((await ReadyAsync<PayBy.Redirect>(Order())).Url);
        Assert.IsType<PaymentState.Closed>(await Pay.CloseAsync(Number, Cancel));
        Assert.False(World.Pay(Number.Value));
        Assert.IsType<PaymentState.Closed>(await Pay.QueryAsync(Number, Cancel));

        var other = Order() with { OutTradeNo = TradeNo.Parse("HS202603050002") };
        await OpenAsync((await ReadyAsync<PayBy.Redirect>(other)).Url);
        World.Pay(other.OutTradeNo.Value);
        Assert.IsType<PaymentState.Paid>(await Pay.CloseAsync(other.OutTradeNo, Cancel));
    }

    [Fact]
    public async Task A_trade_never_opened_cannot_be_closed_yet() =>
        Assert.IsType<PaymentState.NotPaid>(await Pay.CloseAsync(Number, Cancel));

    [Theory]
    [InlineData(Fault.Forge)]
    [InlineData(Fault.Tamper)]
    public async Task A_false_notice_is_refused_and_the_genuine_one_comes_by_the_schedule(Fault fault)
    {
        World.Faults.Set(Wire.Alipay, On.Delivery, fault);
        await PaidAsync();
        await _wiring.DeliverAsync();
        Assert.Equal("payments.signature_wrong", Assert.Single(Merchant.Refusals).Code);
        _wiring.Time.Advance(TimeSpan.FromMinutes(4));
        await _wiring.DeliverAsync();
        Assert.IsType<PaymentState.Paid>(Assert.IsType<ChannelNotice.OfPayment>(Assert.Single(Merchant.Notices)).State);
    }

    [Fact]
    public async Task A_notice_older_than_its_repeats_last_is_refused()
    {
        World.Faults.Set(Wire.Alipay, On.Delivery, Fault.Stale);
        await PaidAsync();
        await _wiring.DeliverAsync();
        Assert.Equal("payments.signature_stale", Assert.Single(Merchant.Refusals).Code);
    }

    [Fact]
    public async Task The_last_repeat_a_day_later_is_still_taken()
    {
        await PaidAsync();
        _wiring.Time.Advance(TimeSpan.FromHours(25));
        await _wiring.DeliverAsync();
        Assert.Single(Merchant.Notices);
    }

    [Fact]
    public async Task A_notice_for_another_application_is_refused()
    {
        await PaidAsync();
        await _wiring.DeliverAsync();
        var other = new Alipay(_wiring.Client(), Wiring.Keys.Alipay(_wiring.Sandbox.Address) with { SellerId = "2088000000000000" }, _wiring.Time);
        Assert.Equal("payments.notify_other_merchant", (await other.ReadNotifyAsync(Merchant.Raw.Single().ToRequest(), Cancel)).Refusals[0].Code);
    }

    [Fact]
    public async Task Any_altered_byte_of_a_notice_that_changes_its_meaning_is_refused()
    {
        await PaidAsync();
        await _wiring.DeliverAsync();
        var genuine = Merchant.Raw.Single();
        var meaning = Meaning(genuine.Body);
        await Gen.Select(Gen.Int[0, genuine.Body.Length - 1], Gen.Int[1, 127]).SampleAsync(async altered =>
        {
            byte[] body = [.. genuine.Body];
            body[altered.Item1] ^= (byte)altered.Item2;
            var read = await Pay.ReadNotifyAsync((genuine with { Body = body }).ToRequest(), Cancel);
            return read.IsRefused || Meaning(body).SequenceEqual(meaning);    // %e5 for %E5, a blank for a plus
        }, iter: 10_000);

        static string[] Meaning(byte[] body) => [.. Encoding.UTF8.GetString(body).Split('&').Select(p => System.Net.WebUtility.UrlDecode(p))];
    }

    [Fact]
    public async Task A_name_that_stands_in_a_notice_twice_is_refused()
    {
        await PaidAsync();
        await _wiring.DeliverAsync();
        var genuine = Merchant.Raw.Single();
        var doubled = genuine with { Body = [.. genuine.Body, .. "&total_amount=88.88"u8] };
        Assert.Equal("payments.notify_unreadable", (await Pay.ReadNotifyAsync(doubled.ToRequest(), Cancel)).Refusals[0].Code);
    }

    [Theory]
    [InlineData(Fault.Fail)]
    [InlineData(Fault.FailAfter)]
    [InlineData(Fault.HangAfter)]
    [InlineData(Fault.Busy)]
    [InlineData(Fault.Tamper)]
    [InlineData(Fault.Forge)]
    public async Task What_cannot_be_relied_on_is_unknown(Fault fault)
    {
        await PaidAsync();
        World.Faults.Set(Wire.Alipay, On.Call, fault);
        var pay = new Alipay(_wiring.Client(impatient: fault == Fault.HangAfter), Wiring.Keys.Alipay(_wiring.Sandbox.Address), _wiring.Time);
        Assert.IsType<PaymentState.Unknown>(await pay.QueryAsync(Number, Cancel));
        Assert.IsType<PaymentState.Paid>(await Pay.QueryAsync(Number, Cancel));
    }

    [Fact]
    public async Task An_unsigned_no_proves_nothing()
    {
        await PaidAsync();
        var stranger = new Alipay(_wiring.Client(),
            Wiring.Keys.Alipay(_wiring.Sandbox.Address) with { AppKeyPem = SandboxCertificate.Generate(_wiring.Time).KeyPem }, _wiring.Time);
        Assert.Equal("isv.invalid-signature", Assert.IsType<PaymentState.Unknown>(await stranger.QueryAsync(Number, Cancel)).Error.Message);
    }

    [Fact]
    public async Task A_refund_goes_through_at_once_and_its_notice_says_to_query()
    {
        await PaidAsync();
        await _wiring.DeliverAsync();
        Assert.Equal(new Money(888), Assert.IsType<RefundState.Success>(await Pay.RefundAsync(Refund(), Cancel)).Amount);
        await _wiring.DeliverAsync();
        var notice = Assert.IsType<ChannelNotice.OfRefund>(Merchant.Notices[1]);
        Assert.IsType<RefundState.Unknown>(notice.State);
        var success = Assert.IsType<RefundState.Success>(await Pay.QueryRefundAsync(Number, notice.OutRefundNo, Cancel));
        Assert.Equal((new Money(888), _wiring.Time.Now), (success.Amount, success.At));
        Assert.IsType<PaymentState.Paid>(await Pay.QueryAsync(Number, Cancel));
    }

    [Fact]
    public async Task A_trade_given_back_in_full_is_refunded()
    {
        await PaidAsync();
        await Pay.RefundAsync(Refund(fen: 8888), Cancel);
        Assert.Equal(new Money(8888), Assert.IsType<PaymentState.Refunded>(await Pay.QueryAsync(Number, Cancel)).Amount);
    }

    [Fact]
    public async Task A_refund_asked_for_twice_is_paid_once()
    {
        await PaidAsync();
        World.Faults.Set(Wire.Alipay, On.Call, Fault.FailAfter);
        Assert.IsType<RefundState.Unknown>(await Pay.RefundAsync(Refund(), Cancel));
        Assert.Equal(new Money(888), Assert.IsType<RefundState.Success>(await Pay.RefundAsync(Refund(), Cancel)).Amount);
        Assert.Equal(new Money(888), Assert.IsType<RefundState.Success>(await Pay.RefundAsync(Refund(fen: 999), Cancel)).Amount);
        Assert.Equal(new Money(888), World.Refunded(Number.Value));
    }

    [Fact]
    public async Task More_than_was_paid_is_not_given_back()
    {
        await PaidAsync();
        await Pay.RefundAsync(Refund(fen: 8000), Cancel);
        Assert.Equal("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL",
            Assert.IsType<RefundState.Failed>(await Pay.RefundAsync(Refund("RF202603050002", 889), Cancel)).Error.Code);
    }

    [Fact]
    public async Task A_refund_never_asked_for_is_not_found()
    {
        await PaidAsync();
        Assert.IsType<RefundState.NotFound>(await Pay.QueryRefundAsync(Number, TradeNo.Parse("RF202603059999"), Cancel));
        Assert.IsType<RefundState.NotFound>(await Pay.QueryRefundAsync(TradeNo.Parse("HS202603059999"), TradeNo.Parse("RF202603059999"), Cancel));
    }

    [Fact]
    public Task Every_amount_survives_the_way_to_the_cashier_and_back() =>
        Gen.Long[1, 10_000_000_000].SampleAsync(async fen =>
        {
            var order = Order(PayFace.Qr, fen) with { OutTradeNo = TradeNo.Parse($"HS{fen:000000000000}") };
            await Pay.CreateAsync(order, Cancel);
            World.Pay(order.OutTradeNo.Value);
            return await Pay.QueryAsync(order.OutTradeNo, Cancel) is PaymentState.Paid paid && paid.Amount == order.Amount;
        }, iter: 50, threads: 1);

    [Fact]
    public async Task The_bill_of_a_day_is_a_zip_of_details_and_totals()
    {
        await PaidAsync();
        await Pay.RefundAsync(Refund(), Cancel);
        var day = new DateOnly(2026, 3, 5);
        Assert.Equal("payments.bill_missing", (await Pay.DownloadBillAsync(day, BillKind.Trades, Cancel)).Refusals[0].Code);
        _wiring.Time.Advance(TimeSpan.FromDays(1));
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gb18030 = Encoding.GetEncoding("GB18030");
        var bill = (await Pay.DownloadBillAsync(day, BillKind.Trades, Cancel)).Value;
        using var zip = new ZipArchive(new MemoryStream(bill.Content), ZipArchiveMode.Read, false, gb18030);
        Assert.Equal(2, zip.Entries.Count);
        using var reader = new StreamReader(zip.Entries[0].Open(), gb18030);
        var lines = (await reader.ReadToEndAsync(Cancel)).Split("\r\n");
        Assert.EndsWith("_业务明细.csv", zip.Entries[0].Name, StringComparison.Ordinal);
        Assert.StartsWith("#支付宝业务明细查询", lines[0], StringComparison.Ordinal);
        Assert.Contains("\t,88.88\t,", lines[5], StringComparison.Ordinal);
        Assert.Contains("\t,-8.88\t,", lines[6], StringComparison.Ordinal);
        foreach (var kind in Enum.GetValues<BillKind>())
        {
            var read = ReadBill.Of("alipay", kind, (await Pay.DownloadBillAsync(day, kind, Cancel)).Value.Content).Value;
            Assert.Equal(new Money(8000 - 53), read.Aggregate(Money.Zero, (sum, l) => sum + l.Amount - l.Fee));
        }
    }
}
