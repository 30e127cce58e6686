using HaoSuan.Payments.Channels;

namespace HaoSuan.Tests.Wires;

public sealed class WeChatPayersTests : IAsyncLifetime
{
    private static readonly Uri Back = new("https://shop.example/s/demo-1/o/2/pay/wechat");

    private Wiring _wiring = null!;    // made before each test

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _wiring = await Wiring.StartAsync();

    public ValueTask DisposeAsync() => _wiring.DisposeAsync();

    [Fact]
    public async Task A_code_tells_once_who_it_is_and_only_to_the_app()
    {
        var (ours, forged) = (Payers(), Payers(o => o with { AppSecret = "guessed" }));
        var code = await CodeAsync(ours);

        Assert.Null(await forged.FindAsync(code, Cancel));
        Assert.Equal(new OpenId(_wiring.World.WeChatUser), await ours.FindAsync(code, Cancel));
        Assert.Null(await ours.FindAsync(code, Cancel));
    }

    [Fact]
    public async Task A_code_lasts_five_minutes()
    {
        var code = await CodeAsync(Payers());
        _wiring.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Null(await Payers().FindAsync(code, Cancel));
    }

    [Fact]
    public async Task A_platform_that_is_away_tells_nothing() =>
        Assert.Null(await Payers(o => o with { AppAddress = new("http://127.0.0.1:9/") }).FindAsync("code", Cancel));

    [Fact]
    public async Task A_number_serves_one_payer()
    {
        Task<Creation> Create(string payer) => _wiring.WeChat.CreateAsync(
            new(TradeNo.Parse("HS202603050001"), "号卡", new(1999), PayFace.InWeChat, _wiring.Time.Now + TimeSpan.FromMinutes(30),
                _wiring.Merchant.Notify("wechat"), Payer: new OpenId(payer)),
            Cancel);

        Assert.IsType<Creation.Ready>(await Create("oSandbox1"));
        Assert.IsType<Creation.Ready>(await Create("oSandbox1"));
        Assert.Equal("INVALID_REQUEST", Assert.IsType<Creation.Refused>(await Create("oSandbox2")).Error.Code);
    }

    [Fact]
    public void A_payer_is_not_printed()
    {
        var order = new PaymentOrder(
            TradeNo.Parse("HS202603050001"), "号卡", new(1), PayFace.InWeChat, _wiring.Time.Now, Back, Payer: new OpenId("oSecret"));

        Assert.DoesNotContain("oSecret", order.ToString(), StringComparison.Ordinal);
    }

    private WeChatPayers Payers(Func<WeChatPayOptions, WeChatPayOptions>? alter = null) =>
        new(_wiring.Client(), (alter ?? (o => o))(Wiring.Keys.WeChatPay(_wiring.Sandbox.Address)));

    private async Task<string> CodeAsync(WeChatPayers payers)
    {
        using var http = _wiring.Client();
        using var sent = await http.GetAsync(payers.AskAt(Back, "5a3e"), Cancel);
        var location = sent.Headers.Location!;
        Assert.Equal(Back.AbsoluteUri, location.GetLeftPart(UriPartial.Path));
        Assert.EndsWith("&state=5a3e", location.Query, StringComparison.Ordinal);
        return location.Query.Split('=', '&')[1];
    }
}
