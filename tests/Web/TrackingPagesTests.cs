using System.Net;
using System.Text.Json;
using HaoSuan.Notifications;

namespace HaoSuan.Tests.Web;

/// <summary>An installation of its own, with a line for short messages.</summary>
public sealed class TrackingPagesTests : IAsyncLifetime
{
    private readonly Phones _phones = new();
    private readonly App _app;

    public TrackingPagesTests() => _app = new()
    {
        Configure = services => services.AddSingleton(new TencentSms(
            new HttpClient(_phones, disposeHandler: false),
            new()
            {
                BaseAddress = new("https://sms.test/"), SecretId = "id", SecretKey = "key", AppId = "1400000001", SignName = "号算商城", CodeTemplate = "1",
            }, TimeProvider.System)),
    };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _phones.Dispose();
    }

    private Task<int> Drain() => _app.Services.GetRequiredService<OutboxDelivery>().DrainAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Phone_and_code_lead_to_the_orders_and_no_phone_stands_in_an_address()
    {
        var shop = await Shop.OpenAsync(_app);
        var status = (await _app.Visit().Submit(shop.Page, shop.Page, Shop.Form())).Location!;
        var visitor = _app.Visit();
        var track = $"{shop.Home}/track";
        Assert.Contains((await visitor.Open(shop.Home)).Document.QuerySelectorAll("a"), a => a.GetAttribute("href") == track);

        var bad = await visitor.Submit(track, track, ("Phone", "1"));
        Assert.Equal((422, "请填写下单时用的 11 位手机号。"), (bad.Status, bad.ErrorOf("Phone")));
        var asked = await visitor.Submit(track, track, ("Phone", "138 0013 8000"));
        Assert.Matches($"^{track}/[0-9a-f]{{32}}$", asked.Location);
        await Drain();
        var wrong = await visitor.Submit(asked.Location!, asked.Location, ("Code", "1"));
        Assert.Equal((422, "验证码不对，请核对短信。"), (wrong.Status, wrong.ErrorOf("Code")));
        Assert.Equal(track, (await visitor.Submit(asked.Location!, asked.Location, ("Code", _phones.LastCode))).Location);

        var orders = await visitor.Open(track);
        Assert.Contains("运营商审核", orders.Words, StringComparison.Ordinal);
        Assert.Contains(orders.Document.QuerySelectorAll("a"), a => a.GetAttribute("href") == status);
        Assert.DoesNotContain("13800138000", orders.Text, StringComparison.Ordinal);
        Assert.Contains("no-store", orders.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("获取验证码", (await _app.Visit().Open(track)).Words, StringComparison.Ordinal);
        Assert.Equal(track, (await visitor.Submit(track, $"{track}/leave")).Location);
        Assert.Contains("获取验证码", (await visitor.Open(track)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phone_that_nobody_has_ordered_with_is_answered_alike()
    {
        var shop = await Shop.OpenAsync(_app);
        await _app.Visit().Submit(shop.Page, shop.Page, Shop.Form());
        var track = $"{shop.Home}/track";

        var (known, unknown) = (_app.Visit(), _app.Visit());
        var one = (await known.Submit(track, track, ("Phone", "13800138000"))).Location!;
        var other = (await unknown.Submit(track, track, ("Phone", "13900139000"))).Location!;
        await Drain();

        Assert.Equal((await known.Open(one)).Words, (await unknown.Open(other)).Words);
        Assert.Equal(1, _phones.Sent);
    }

    [Fact]
    public async Task Who_asks_too_often_from_one_address_is_held_up()
    {
        var shop = await Shop.OpenAsync(_app);
        var (visitor, track) = (_app.Visit(), $"{shop.Home}/track");
        var page = await visitor.Open(track);

        var answers = new List<int>();
        for (var i = 0; i < 31; i++) answers.Add((await visitor.Submit(page, track, ("Phone", "1"))).Status);

        Assert.Equal((422, 429), (answers[0], answers[^1]));
    }

    /// <summary>The platform's side: takes everything, and remembers the code.</summary>
    private sealed class Phones : HttpMessageHandler
    {
        public string LastCode { get; private set; } = "";

        public int Sent { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var call = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            (LastCode, Sent) = (call.RootElement.GetProperty("TemplateParamSet")[0].GetString()!, Sent + 1);
            return new(HttpStatusCode.OK) { Content = new StringContent("""{"Response":{"SendStatusSet":[{"Code":"Ok"}]}}""") };
        }
    }
}
