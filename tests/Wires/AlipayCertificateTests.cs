using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Wires;

/// <summary>Certificate mode of Alipay, beside plain keys.</summary>
public sealed class AlipayCertificateTests : IAsyncLifetime
{
    private static readonly TradeNo Number = TradeNo.Parse("HS202603050001");

    private Wiring _wiring = null!;    // made before each test
    private Alipay _alipay = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SandboxWorld World => _wiring.World;

    public async ValueTask InitializeAsync()
    {
        _wiring = await Wiring.StartAsync();
        _alipay = new(_wiring.Client(), Wiring.Keys.Alipay(_wiring.Sandbox.Address, certificates: true), _wiring.Time);
        _wiring.Merchant.Channels["alipay"] = _alipay;
        Assert.IsType<Creation.Ready>(await _alipay.CreateAsync(
            new(Number, "号卡", new(1999), PayFace.Qr, _wiring.Time.Now + TimeSpan.FromMinutes(30), _wiring.Merchant.Notify("alipay")), Cancel));
        World.Pay(Number.Value);
    }

    public ValueTask DisposeAsync() => _wiring.DisposeAsync();

    [Fact]
    public async Task Messages_name_their_certificate_and_are_believed()
    {
        Assert.IsType<PaymentState.Paid>(await _alipay.QueryAsync(Number, Cancel));
        await _wiring.DeliverAsync();
        Assert.Single(_wiring.Merchant.Notices);
        Assert.Equal(0, World.AlipayCertificatesDownloaded);
    }

    [Fact]
    public async Task A_new_certificate_is_downloaded_once_and_believed_by_its_root()
    {
        World.RotateAlipayCertificate();
        Assert.IsType<PaymentState.Paid>(await _alipay.QueryAsync(Number, Cancel));
        Assert.IsType<PaymentState.Paid>(await _alipay.QueryAsync(Number, Cancel));
        await _wiring.DeliverAsync();
        Assert.Single(_wiring.Merchant.Notices);
        Assert.Equal(1, World.AlipayCertificatesDownloaded);
    }

    [Fact]
    public async Task A_certificate_that_the_root_gave_to_another_merchant_is_not()
    {
        World.RotateAlipayCertificate("C=CN, O=Somebody, OU=Alipay, CN=2088999-2021999");
        for (var i = 0; i < 3; i++)
            Assert.Equal("payments.signature_serial", Assert.IsType<PaymentState.Unknown>(await _alipay.QueryAsync(Number, Cancel)).Error.Code);
        Assert.Equal(1, World.AlipayCertificatesDownloaded);
    }

    [Fact]
    public async Task A_request_that_names_another_certificate_is_refused_by_Alipay()
    {
        var options = Wiring.Keys.Alipay(_wiring.Sandbox.Address, certificates: true);
        var other = new Alipay(_wiring.Client(), options with { AppCertificatePem = options.AlipayKeyPem }, _wiring.Time);
        Assert.IsType<PaymentState.Unknown>(await other.QueryAsync(Number, Cancel));
    }
}
