using System.Text;
using CsCheck;
using HaoSuan.Payments;
using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Wires;

public sealed class WeChatTests : IAsyncLifetime
{
    private static readonly TradeNo Number = TradeNo.Parse("HS202603050001");

    private Wiring _wiring = null!;    // made before each test

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WeChatPay Pay => _wiring.WeChat;

    private Merchant Merchant => _wiring.Merchant;

    private SandboxWorld World => _wiring.World;

    public async ValueTask InitializeAsync() => _wiring = await Wiring.StartAsync();

    public ValueTask DisposeAsync() => _wiring.DisposeAsync();

    private PaymentOrder Order(PayFace face = PayFace.Qr, long fen = 1999) => new(
        Number, "流量卡 29元100G", new(fen), face, _wiring.Time.Now + TimeSpan.FromMinutes(30), Merchant.Notify("wechat"),
        ReturnUrl: new("https://shop.example/orders/1"), ClientIp: "198.51.100.7",
        Payer: face == PayFace.InWeChat ? new OpenId("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o") : null);

    private async Task<T> ReadyAsync<T>(PaymentOrder order) where T : PayBy =>
        Assert.IsType<T>(Assert.IsType<Creation.Ready>(await Pay.CreateAsync(order, Cancel)).PayBy);

    private async Task PaidAsync(long fen = 1999)
    {
        await ReadyAsync<PayBy.QrText>(Order(fen: fen));
        Assert.True(World.Pay(Number.Value));
    }

    private RefundOrder Refund(string number = "RF202603050001", long fen = 500) => new(
        Number, TradeNo.Parse(number), new(fen), new(1999), "用户退订", Merchant.Notify("wechat"));

    [Fact]
    public async Task A_native_order_gives_a_code_is_paid_on_the_page_behind_it_and_noticed()
    {
        var code = await ReadyAsync<PayBy.QrText>(Order());
        using var http = _wiring.Client();
        var page = await http.GetStringAsync(code.Text, Cancel);
        Assert.Contains("19.99", page, StringComparison.Ordinal);
        Assert.Contains("立即支付", page, StringComparison.Ordinal);
        Assert.IsType<PaymentState.NotPaid>(await Pay.QueryAsync(Number, Cancel));

        using var pressed = await http.PostAsync(code.Text, null, Cancel);
        Assert.Contains("支付成功", await pressed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(1, await _wiring.DeliverAsync());

        var notice = Assert.IsType<ChannelNotice.OfPayment>(Assert.Single(Merchant.Notices));
        var paid = Assert.IsType<PaymentState.Paid>(notice.State);
        Assert.Equal((Number, new Money(1999), _wiring.Time.Now), (notice.OutTradeNo, paid.Amount, paid.At));
        Assert.Equal(paid, await Pay.QueryAsync(Number, Cancel));
    }

    [Fact]
    public async Task An_h5_order_sends_the_browser_to_the_cashier_and_back()
    {
        var redirect = await ReadyAsync<PayBy.Redirect>(Order(PayFace.Phone));
        using var http = _wiring.Client();
        using var pressed = await http.PostAsync(redirect.Url, null, Cancel);
        Assert.Contains("href=\"https://shop.example/orders/1\"", await pressed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jsapi_hand_over_is_signed_by_the_merchant()
    {
        var order = await ReadyAsync<PayBy.HandOver>(Order(PayFace.InWeChat));
        var hand = order.Parameters;
        var message = Encoding.UTF8.GetBytes($"{hand.AppId}\n{hand.TimeStamp}\n{hand.NonceStr}\n{hand.Package}\n");
        using var merchant = System.Security.Cryptography.RSA.Create();
        merchant.ImportFromPem(Wiring.Keys.WeChatMerchantKeyPem);
        Assert.True(merchant.VerifyData(message, Convert.FromBase64String(hand.PaySign),
            System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1));
        Assert.StartsWith("prepay_id=wx", hand.Package, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_again_gives_the_same_order_and_another_amount_is_refused()
    {
        Assert.Equal(await ReadyAsync<PayBy.QrText>(Order()), await ReadyAsync<PayBy.QrText>(Order()));
        Assert.Equal("INVALID_REQUEST", Assert.IsType<Creation.Refused>(await Pay.CreateAsync(Order(fen: 1), Cancel)).Error.Code);
    }

    [Fact]
    public async Task A_number_that_the_channel_does_not_know_is_not_paid() =>
        Assert.IsType<PaymentState.NotPaid>(await Pay.QueryAsync(Number, Cancel));

    [Fact]
    public async Task A_closed_order_cannot_be_paid_and_a_paid_one_answers_paid_to_closing()
    {
        await ReadyAsync<PayBy.QrText>(Order());
        Assert.IsType<PaymentState.Closed>(await Pay.CloseAsync(Number, Cancel));
        Assert.False(World.Pay(Number.Value));
        Assert.IsType<PaymentState.Closed>(await Pay.QueryAsync(Number, Cancel));

        var other = Order() with { OutTradeNo = TradeNo.Parse("HS202603050002") };
        await ReadyAsync<PayBy.QrText>(other);
        World.Pay(other.OutTradeNo.Value);
        Assert.IsType<PaymentState.Paid>(await Pay.CloseAsync(other.OutTradeNo, Cancel));
    }

    [Fact]
    public async Task An_order_past_its_time_is_closed()
    {
        await ReadyAsync<PayBy.QrText>(Order());
        _wiring.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.IsType<PaymentState.Closed>(await Pay.QueryAsync(Number, Cancel));
    }

    [Fact]
    public async Task A_notice_that_is_not_taken_comes_again_by_the_schedule()
    {
        World.Faults.Set(Wire.WeChat, On.Delivery, Fault.Tamper);
        await PaidAsync();
        await _wiring.DeliverAsync();
        Assert.Equal("payments.signature_wrong", Assert.Single(Merchant.Refusals).Code);
        Assert.Empty(Merchant.Notices);
        Assert.Equal(0, await _wiring.DeliverAsync());
        _wiring.Time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(1, await _wiring.DeliverAsync());
        Assert.Single(Merchant.Notices);
        _wiring.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await _wiring.DeliverAsync());
    }

    [Fact]
    public async Task A_notice_sent_twice_has_one_id()
    {
        World.Faults.Set(Wire.WeChat, On.Delivery, Fault.Twice);
        await PaidAsync();
        await _wiring.DeliverAsync();
        Assert.Equal(2, Merchant.Notices.Count);
        Assert.Single(Merchant.Notices.Select(n => n.Id).Distinct());
    }

    [Theory]
    [InlineData(Fault.Forge, "payments.signature_wrong")]
    [InlineData(Fault.WrongSerial, "payments.signature_serial")]
    [InlineData(Fault.Stale, "payments.signature_stale")]
    [InlineData(Fault.Tamper, "payments.signature_wrong")]
    public async Task A_false_notice_is_refused(Fault fault, string code)
    {
        World.Faults.Set(Wire.WeChat, On.Delivery, fault);
        await PaidAsync();
        await _wiring.DeliverAsync();
        Assert.Equal(code, Assert.Single(Merchant.Refusals).Code);
        Assert.Empty(Merchant.Notices);
    }

    [Fact]
    public async Task A_payment_notice_may_arrive_after_that_of_its_refund()
    {
        World.Faults.Set(Wire.WeChat, On.Delivery, Fault.Delay);
        await PaidAsync();
        await Pay.RefundAsync(Refund(), Cancel);
        _wiring.Time.Advance(TimeSpan.FromSeconds(2));
        await _wiring.DeliverAsync();
        _wiring.Time.Advance(TimeSpan.FromMinutes(3));
        await _wiring.DeliverAsync();
        Assert.IsType<ChannelNotice.OfRefund>(Merchant.Notices[0]);
        Assert.IsType<PaymentState.Refunded>(Assert.IsType<ChannelNotice.OfPayment>(Merchant.Notices[1]).State);
    }

    [Fact]
    public async Task Any_altered_byte_of_a_notice_is_refused()
    {
        await PaidAsync();
        await _wiring.DeliverAsync();
        var genuine = Merchant.Raw.Single();
        string[] names = ["Wechatpay-Timestamp", "Wechatpay-Nonce", "Wechatpay-Serial", "Wechatpay-Signature"];
        var part = Gen.Int[0, names.Length];
        await Gen.Select(part, Gen.Int[0, 100_000], Gen.Int[1, 127]).SampleAsync(async altered =>
        {
            var (which, at, flip) = altered;
            var request = which == names.Length
                ? genuine with { Body = Flip(genuine.Body, at, flip) }
                : genuine with
                {
                    Headers = new Dictionary<string, string>(genuine.Headers)
                    {
                        [names[which]] = Encoding.Latin1.GetString(Flip(Encoding.Latin1.GetBytes(genuine.Headers[names[which]]), at, flip)),
                    },
                };
            return (await Pay.ReadNotifyAsync(request.ToRequest(), Cancel)).IsRefused;
        }, iter: 10_000);
        Assert.False((await Pay.ReadNotifyAsync(genuine.ToRequest(), Cancel)).IsRefused);

        static byte[] Flip(byte[] bytes, int at, int flip)
        {
            byte[] copy = [.. bytes];
            copy[at % copy.Length] ^= (byte)flip;
            return copy;
        }
    }

    [Fact]
    public async Task A_notice_for_another_merchant_is_refused()
    {
        await PaidAsync();
        await _wiring.DeliverAsync();
        var other = new WeChatPay(_wiring.Client(), Wiring.Keys.WeChatPay(_wiring.Sandbox.Address) with { AppId = "wxother" }, _wiring.Time);
        var read = await other.ReadNotifyAsync(Merchant.Raw.Single().ToRequest(), Cancel);
        Assert.Equal("payments.notify_other_merchant", read.Refusals[0].Code);
    }

    [Fact]
    public async Task A_body_larger_than_any_notice_is_refused_unread()
    {
        var huge = new RawRequest("application/json", new Dictionary<string, string>(), new byte[100_000]);
        Assert.Equal("payments.notify_too_large", (await Pay.ReadNotifyAsync(huge.ToRequest(), Cancel)).Refusals[0].Code);
    }

    [Fact]
    public async Task Certificates_rotate_without_a_break()
    {
        await PaidAsync();
        _wiring.Time.Advance(TimeSpan.FromMinutes(2));
        World.RotateCertificate();
        Assert.IsType<PaymentState.Paid>(await Pay.QueryAsync(Number, Cancel));
        await _wiring.DeliverAsync();
        Assert.Single(Merchant.Notices);
    }

    [Fact]
    public async Task A_merchant_with_the_platforms_public_key_needs_no_certificates()
    {
        World.SignWithPublicKey = true;
        var pay = new WeChatPay(_wiring.Client(), Wiring.Keys.WeChatPay(_wiring.Sandbox.Address, publicKey: true), _wiring.Time);
        Assert.IsType<Creation.Ready>(await pay.CreateAsync(Order(), Cancel));
        Assert.IsType<PaymentState.NotPaid>(await pay.QueryAsync(Number, Cancel));
    }

    [Theory]
    [InlineData(Fault.FailAfter)]
    [InlineData(Fault.HangAfter)]
    [InlineData(Fault.Busy)]
    [InlineData(Fault.Tamper)]
    [InlineData(Fault.Forge)]
    [InlineData(Fault.Stale)]
    public async Task What_cannot_be_relied_on_is_unknown(Fault fault)
    {
        await PaidAsync();
        var impatient = new WeChatPay(_wiring.Client(fault == Fault.HangAfter), Wiring.Keys.WeChatPay(_wiring.Sandbox.Address, true), _wiring.Time);
        World.SignWithPublicKey = true;
        World.Faults.Set(Wire.WeChat, On.Call, fault);
        Assert.IsType<PaymentState.Unknown>(await impatient.QueryAsync(Number, Cancel));
        World.SignWithPublicKey = false;
        Assert.IsType<PaymentState.Paid>(await Pay.QueryAsync(Number, Cancel));
    }

    [Fact]
    public async Task A_merchant_key_that_the_platform_does_not_know_proves_nothing()
    {
        await PaidAsync();
        var stranger = new WeChatPay(_wiring.Client(),
            Wiring.Keys.WeChatPay(_wiring.Sandbox.Address) with { MerchantKeyPem = SandboxCertificate.Generate(_wiring.Time).KeyPem }, _wiring.Time);
        var unknown = Assert.IsType<PaymentState.Unknown>(await stranger.QueryAsync(Number, Cancel));
        Assert.Contains("SIGN_ERROR", unknown.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_platform_that_is_away_is_unknown()
    {
        var gone = new WeChatPay(_wiring.Client(), Wiring.Keys.WeChatPay(new("http://127.0.0.1:1/")), _wiring.Time);
        Assert.IsType<Creation.Unknown>(await gone.CreateAsync(Order(), Cancel));
        Assert.IsType<PaymentState.Unknown>(await gone.QueryAsync(Number, Cancel));
        Assert.IsType<PaymentState.Unknown>(await gone.CloseAsync(Number, Cancel));
        Assert.IsType<RefundState.Unknown>(await gone.RefundAsync(Refund(), Cancel));
    }

    [Fact]
    public async Task A_refund_goes_through_and_is_noticed()
    {
        await PaidAsync();
        Assert.IsType<RefundState.Processing>(await Pay.RefundAsync(Refund(), Cancel));
        _wiring.Time.Advance(TimeSpan.FromSeconds(2));
        await _wiring.DeliverAsync();
        var notice = Merchant.Notices.OfType<ChannelNotice.OfRefund>().Single();
        var success = Assert.IsType<RefundState.Success>(notice.State);
        Assert.Equal((TradeNo.Parse("RF202603050001"), new Money(500)), (notice.OutRefundNo, success.Amount));
        Assert.Equal(success, await Pay.QueryRefundAsync(Number, notice.OutRefundNo, Cancel));
        Assert.Equal(new Money(1999), Assert.IsType<PaymentState.Refunded>(await Pay.QueryAsync(Number, Cancel)).Amount);
    }

    [Fact]
    public async Task A_refund_asked_for_twice_is_paid_once()
    {
        await PaidAsync();
        World.Faults.Set(Wire.WeChat, On.Call, Fault.FailAfter);
        Assert.IsType<RefundState.Unknown>(await Pay.RefundAsync(Refund(), Cancel));
        Assert.IsType<RefundState.Processing>(await Pay.RefundAsync(Refund(), Cancel));
        _wiring.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<RefundState.Success>(await Pay.RefundAsync(Refund(), Cancel));
        Assert.Equal(new Money(500), World.Refunded(Number.Value));
    }

    [Fact]
    public async Task A_repeated_number_with_another_amount_tells_how_the_first_stands()
    {
        await PaidAsync();
        await Pay.RefundAsync(Refund(), Cancel);
        _wiring.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(new Money(500), Assert.IsType<RefundState.Success>(await Pay.RefundAsync(Refund(fen: 700), Cancel)).Amount);
    }

    [Fact]
    public async Task More_than_was_paid_is_not_given_back()
    {
        await PaidAsync();
        await Pay.RefundAsync(Refund(fen: 1500), Cancel);
        Assert.Equal("NOT_ENOUGH", Assert.IsType<RefundState.Failed>(await Pay.RefundAsync(Refund("RF202603050002", 500), Cancel)).Error.Code);
    }

    [Theory]
    [InlineData("ABNORMAL")]
    [InlineData("CLOSED")]
    public async Task A_refund_that_does_not_reach_the_consumer_has_failed(string ending)
    {
        await PaidAsync();
        World.WeChatRefundsEnd = ending;
        await Pay.RefundAsync(Refund(), Cancel);
        _wiring.Time.Advance(TimeSpan.FromSeconds(2));
        await _wiring.DeliverAsync();
        Assert.Equal(ending, Assert.IsType<RefundState.Failed>(Merchant.Notices.OfType<ChannelNotice.OfRefund>().Single().State).Error.Code);
    }

    [Fact]
    public async Task A_refund_never_asked_for_is_not_found() =>
        Assert.IsType<RefundState.NotFound>(await Pay.QueryRefundAsync(Number, TradeNo.Parse("RF202603059999"), Cancel));

    [Fact]
    public async Task The_bill_of_a_day_lists_its_payments_and_refunds()
    {
        await PaidAsync();
        await Pay.RefundAsync(Refund(), Cancel);
        var day = new DateOnly(2026, 3, 5);
        Assert.Equal("payments.bill_missing", (await Pay.DownloadBillAsync(day, BillKind.Trades, Cancel)).Refusals[0].Code);
        _wiring.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(3));
        var trades = Encoding.UTF8.GetString((await Pay.DownloadBillAsync(day, BillKind.Trades, Cancel)).Value.Content).Split("\r\n");
        Assert.Equal(6, trades.Length);
        Assert.Contains("`19.99", trades[1], StringComparison.Ordinal);
        Assert.Contains("`RF202603050001,`5.00", trades[2], StringComparison.Ordinal);
        Assert.Equal("`2,`19.99,`5.00,`0.00,`0.09,`19.99,`5.00", trades[4]);
        var funds = Encoding.UTF8.GetString((await Pay.DownloadBillAsync(day, BillKind.Funds, Cancel)).Value.Content).Split("\r\n");
        Assert.Equal("`4,`2,`20.02,`2,`5.12", funds[^2]);
        foreach (var kind in Enum.GetValues<BillKind>())
        {
            var read = ReadBill.Of("wechat", kind, (await Pay.DownloadBillAsync(day, kind, Cancel)).Value.Content).Value;
            Assert.Equal(new Money(1499 - 9), read.Aggregate(Money.Zero, (sum, l) => sum + l.Amount - l.Fee));
            Assert.Equal(["HS202603050001", "RF202603050001"], read.Select(l => l.OurNo).Distinct().Order());
        }
    }

    [Fact]
    public void Trade_numbers_are_what_both_channels_take()
    {
        Assert.True(TradeNo.TryParse("HS_001", out _));
        string?[] wrong = [null, "", "HS001", new string('1', 33), "HS-20260305", "HS 20260305", "号卡202603050001"];
        Assert.All(wrong, text => Assert.False(TradeNo.TryParse(text, out _)));
    }

    [Fact]
    public void Options_do_not_print_their_keys()
    {
        var text = Wiring.Keys.WeChatPay(_wiring.Sandbox.Address).ToString();
        Assert.DoesNotContain(Wiring.Keys.WeChatApiV3Key, text, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", text, StringComparison.Ordinal);
    }
}
