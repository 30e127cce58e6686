using System.Security.Cryptography;
using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Wires;

/// <summary>Keys change on both sides while payments go on.</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private static readonly TradeNo Number = TradeNo.Parse("HS202603050001");

    private Wiring _wiring = null!;    // made before each test

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SandboxWorld World => _wiring.World;

    public async ValueTask InitializeAsync()
    {
        _wiring = await Wiring.StartAsync();
        Assert.IsType<Creation.Ready>(await _wiring.WeChat.CreateAsync(
            new(Number, "号卡", new(1999), PayFace.Qr, _wiring.Time.Now + TimeSpan.FromMinutes(30), _wiring.Merchant.Notify("wechat")), Cancel));
    }

    public ValueTask DisposeAsync() => _wiring.DisposeAsync();

    [Fact]
    public async Task Two_certificates_are_believed_at_once_and_fetched_once()
    {
        _wiring.Time.Advance(TimeSpan.FromMinutes(2));
        World.RotateCertificate();
        await Answered(_wiring.WeChat);
        World.SignWithEarlierCertificate = true;
        await Answered(_wiring.WeChat);
        World.SignWithEarlierCertificate = false;
        await Answered(_wiring.WeChat);

        Assert.Equal(2, World.CertificatesFetched);
    }

    [Fact]
    public async Task An_unknown_serial_is_asked_for_once_a_minute_and_refused()
    {
        _wiring.Time.Advance(TimeSpan.FromMinutes(2));
        World.Faults.Set(Wire.WeChat, On.Call, Fault.WrongSerial);
        Assert.Equal("payments.signature_serial", (await Unanswered(_wiring.WeChat)).Code);
        Assert.Equal(2, World.CertificatesFetched);
        for (var i = 0; i < 5; i++)
        {
            World.Faults.Set(Wire.WeChat, On.Call, Fault.WrongSerial);
            await Unanswered(_wiring.WeChat);
        }
        Assert.Equal(2, World.CertificatesFetched);
    }

    [Fact]
    public async Task While_the_certificates_cannot_be_had_they_are_asked_for_every_ten_seconds_at_most()
    {
        var fresh = new WeChatPay(_wiring.Client(), Wiring.Keys.WeChatPay(_wiring.Sandbox.Address), _wiring.Time);
        World.Faults.Set(Wire.WeChat, On.Delivery, Fault.Forge);
        World.Pay(Number.Value);
        await _wiring.DeliverAsync();
        var forged = _wiring.Merchant.Raw[^1];
        World.Faults.Set(Wire.WeChat, On.Call, Fault.Fail);
        for (var i = 0; i < 5; i++) Assert.True((await fresh.ReadNotifyAsync(forged.ToRequest(), Cancel)).IsRefused);
        Assert.Equal(1, World.CertificatesFetched);

        _wiring.Time.Advance(TimeSpan.FromSeconds(10));
        await Answered(fresh);
        Assert.Equal(2, World.CertificatesFetched);
    }

    [Fact]
    public async Task Certificates_are_fetched_anew_twice_a_day_and_an_expired_one_is_believed_no_more()
    {
        _wiring.Time.Advance(TimeSpan.FromHours(13));
        await Answered(_wiring.WeChat);
        Assert.Equal(2, World.CertificatesFetched);

        _wiring.Time.Advance(TimeSpan.FromDays(6 * 366));
        Assert.Equal("payments.signature_serial", (await Unanswered(_wiring.WeChat)).Code);
        _wiring.Time.Advance(TimeSpan.FromMinutes(2));
        World.RotateCertificate();
        await Answered(_wiring.WeChat);
    }

    [Fact]
    public async Task Two_public_keys_are_believed_at_once_and_a_third_is_not()
    {
        World.SignWithPublicKey = true;
        var options = Wiring.Keys.WeChatPay(_wiring.Sandbox.Address, publicKey: true);
        await Answered(new WeChatPay(_wiring.Client(), options, _wiring.Time));
        var (id, pem) = World.RotatePublicKey();
        var both = new WeChatPay(_wiring.Client(), options with { NextPlatformKeyId = id, NextPlatformKeyPem = pem }, _wiring.Time);

        await Answered(both);
        await Unanswered(new WeChatPay(_wiring.Client(), options, _wiring.Time));
        World.RotatePublicKey();
        Assert.Equal("payments.signature_serial", (await Unanswered(both)).Code);
    }

    [Fact]
    public async Task The_merchants_next_key_is_used_from_the_moment_at_which_the_platform_wants_it()
    {
        using var next = RSA.Create(2048);
        var (serial, pem) = (RandomNumberGenerator.GetHexString(40), next.ExportPkcs8PrivateKeyPem());
        var options = Wiring.Keys.WeChatPay(_wiring.Sandbox.Address) with { NextMerchantSerial = serial, NextMerchantKeyPem = pem };
        var pay = new WeChatPay(_wiring.Client(), options, _wiring.Time);
        await Answered(pay);

        World.EnforceMerchantKey(serial, pem);
        World.EndMerchantKey(options.MerchantSerial);
        await Answered(pay);
        await Answered(pay);
        await Unanswered(_wiring.WeChat);

        World.EnforceMerchantKey(options.MerchantSerial, options.MerchantKeyPem);
        World.EndMerchantKey(serial);
        await Answered(pay);
    }

    private static async Task Answered(WeChatPay pay) => Assert.IsNotType<PaymentState.Unknown>(await pay.QueryAsync(Number, Cancel));

    private static async Task<ChannelError> Unanswered(WeChatPay pay) => Assert.IsType<PaymentState.Unknown>(await pay.QueryAsync(Number, Cancel)).Error;
}
