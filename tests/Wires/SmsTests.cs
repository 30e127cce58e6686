using HaoSuan.Notifications;
using HaoSuan.Platform;
using HaoSuan.Sandbox;

namespace HaoSuan.Tests.Wires;

public sealed class SmsTests : IAsyncLifetime
{
    private Wiring? _wiring;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Wiring Wiring => _wiring ?? throw new InvalidOperationException("Not started");

    public async ValueTask InitializeAsync() => _wiring = await Wires.Wiring.StartAsync();

    public ValueTask DisposeAsync() => Wiring.DisposeAsync();

    private TencentSms Line(Func<TencentSmsOptions, TencentSmsOptions>? change = null) =>
        new(Wiring.Client(), (change ?? (o => o))(Wiring.Keys.Sms(Wiring.Sandbox.Address)), Wiring.Time);

    [Fact]
    public async Task A_code_is_signed_taken_and_received()
    {
        Assert.Null(await Line().SendCodeAsync("13800138000", "012345", 10, Cancel));

        var message = Assert.Single(Wiring.World.Messages);
        Assert.Equal(("+8613800138000", "【号算商城】您的验证码是 012345，10 分钟内有效。请不要告诉别人。"), (message.Phone, message.Text));
    }

    [Fact]
    public async Task What_has_a_template_is_sent_by_it()
    {
        Assert.False(Line(o => o with { Templates = new Dictionary<SmsKind, string>() }).Has(SmsKind.LeaseReturned));
        Assert.Null(await Line().SendAsync("13800138000", SmsKind.LeaseReturned, ["ZL26030500000001"], Cancel));

        Assert.Equal("【号算商城】您的租约 ZL26030500000001 退回的设备已收到，检验后结算押金。", Assert.Single(Wiring.World.Messages).Text);
    }

    [Fact]
    public async Task Another_key_or_an_old_call_is_refused_by_the_platforms_own_code()
    {
        Assert.Equal("AuthFailure.SignatureFailure", await Line(o => o with { SecretKey = "stranger" }).SendCodeAsync("13800138000", "1", 10, Cancel));
        Wiring.World.Faults.Set(Wire.Sms, On.Call, Fault.Busy);
        Assert.Equal("LimitExceeded.PhoneNumberThirtySecondLimit", await Line().SendCodeAsync("13800138000", "1", 10, Cancel));
        Wiring.World.Faults.Set(Wire.Sms, On.Call, Fault.Fail);
        Assert.NotNull(await Line().SendCodeAsync("13800138000", "1", 10, Cancel));
        Assert.Empty(Wiring.World.Messages);
    }

    /// <summary>Computed outside this code, by Python's hmac.</summary>
    [Fact]
    public void The_signature_covers_host_time_and_body()
    {
        var one = TencentCloud.Authorization("sms", "AKIDx", "secret", "sms.tencentcloudapi.com", 1_600_227_242, "{}"u8);

        Assert.Equal(
            "TC3-HMAC-SHA256 Credential=AKIDx/2020-09-16/sms/tc3_request, SignedHeaders=content-type;host, "
            + "Signature=b9e2d6d3c6691ec3fb1fa7fd596d3ed464c1ba464df620b0af0481facd89e53a", one);
        Assert.NotEqual(one, TencentCloud.Authorization("sms", "AKIDx", "secret", "sms.tencentcloudapi.com", 1_600_227_242, "{ }"u8));
    }
}
