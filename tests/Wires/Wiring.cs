using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;
using HaoSuan.Upstreams.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HaoSuan.Tests.Wires;

/// <summary>A sandbox and a merchant, each on its own Kestrel on loopback, under one clock that only the test moves.</summary>
public sealed class Wiring : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 5, 1, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<SandboxKeys> SharedKeys = new(() => SandboxKeys.Generate(new FakeTimeProvider(Start)));

    private readonly ServiceProvider _clients;

    private Wiring(SandboxHost sandbox, Merchant merchant, FakeTimeProvider time, ServiceProvider clients)
    {
        (Sandbox, Merchant, Time, _clients) = (sandbox, merchant, time, clients);
        WeChat = new(Client(), Keys.WeChatPay(sandbox.Address), time);
        Alipay = new(Client(), Keys.Alipay(sandbox.Address), time);
        Haoyi = new(Client(), Keys.Haoyi(sandbox.Address), time);
        Hao172 = new(Client(), Keys.Hao172(sandbox.Address), time);
        Yunfan = new(Client(), Keys.Yunfan(sandbox.Address), time);
        HaoyiByFile = HaoyiByFileTests.Line(this);
        merchant.Upstreams[Yunfan.Name] = Yunfan;
        merchant.Upstreams[HaoyiByFile.Name] = HaoyiByFile;
        merchant.Upstreams["haoyi"] = Haoyi;
        merchant.Upstreams["hao172"] = Hao172;
        merchant.Channels["wechat"] = WeChat;
        merchant.Channels["alipay"] = Alipay;
    }

    public static SandboxKeys Keys => SharedKeys.Value;

    public SandboxHost Sandbox { get; }

    public SandboxWorld World => Sandbox.World;

    public Merchant Merchant { get; }

    public FakeTimeProvider Time { get; }

    public WeChatPay WeChat { get; }

    public Alipay Alipay { get; }

    public Haoyi Haoyi { get; }

    public Hao172 Hao172 { get; }

    public Described Yunfan { get; }

    public Described HaoyiByFile { get; }

    public static async Task<Wiring> StartAsync()
    {
        var time = new FakeTimeProvider(Start);
        var services = new ServiceCollection();
        services.AddHttpClient("wire")
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        return new(await SandboxHost.StartAsync(Keys, time), await Merchant.StartAsync(), time, services.BuildServiceProvider());
    }

    /// <summary>Patient, so that a busy machine fails no test; a test of a call that is never answered takes an impatient one.</summary>
    public HttpClient Client(bool impatient = false)
    {
        var http = _clients.GetRequiredService<IHttpClientFactory>().CreateClient("wire");
        http.Timeout = impatient ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(60);
        return http;
    }

    /// <summary>Lets what the sandbox has to tell arrive.</summary>
    public Task<int> DeliverAsync() => World.Deliveries.DeliverAsync(cancel: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Merchant.DisposeAsync();
        await _clients.DisposeAsync();
    }
}

/// <summary>The merchant's end: it takes what is verified and refuses the rest, and keeps both for the test to look at.</summary>
public sealed class Merchant : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Merchant(WebApplication app) => _app = app;

    public IDictionary<string, IPaymentChannel> Channels { get; } = new Dictionary<string, IPaymentChannel>();

    public IDictionary<string, IUpstreamWire> Upstreams { get; } = new Dictionary<string, IUpstreamWire>();

    public IList<UpstreamReport> Reports { get; } = [];

    public IList<ChannelNotice> Notices { get; } = [];

    public IList<Refusal> Refusals { get; } = [];

    /// <summary>The requests as they came, for a test to alter.</summary>
    public IList<RawRequest> Raw { get; } = [];

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public Uri Notify(string channel) => new(Address, $"notify/{channel}");

    public Uri Callback(string upstream) => new(Address, $"callback/{upstream}");

    public static async Task<Merchant> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var merchant = new Merchant(app);
        app.MapPost("/notify/{channel}", merchant.TakeAsync);
        app.MapPost("/callback/{upstream}", merchant.TakeReportsAsync);
        await app.StartAsync();
        merchant.Address = new(app.Urls.First() + "/");
        return merchant;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext http, string channel)
    {
        var raw = await RawRequest.ReadAsync(http.Request);
        Raw.Add(raw);
        var read = await Channels[channel].ReadNotifyAsync(raw.ToRequest(), http.RequestAborted);
        if (!read.TryGet(out var notice, out var refusals))
        {
            Refusals.Add(refusals[0]);
            return Channels[channel].NotTaken(refusals[0]);
        }
        Notices.Add(notice);
        return Channels[channel].Taken();
    }

    private async Task<IResult> TakeReportsAsync(HttpContext http, string upstream)
    {
        var raw = await RawRequest.ReadAsync(http.Request);
        Raw.Add(raw);
        var read = await Upstreams[upstream].ReadCallbackAsync(raw.ToRequest(), http.RequestAborted);
        if (!read.TryGet(out var reports, out var refusals))
        {
            Refusals.Add(refusals[0]);
            return Upstreams[upstream].NotTaken(refusals[0]);
        }
        foreach (var report in reports) Reports.Add(report);
        return Upstreams[upstream].Taken();
    }
}

public sealed record RawRequest(string ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public static async Task<RawRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return new(request.ContentType ?? "", request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), body.ToArray());
    }

    public HttpRequest ToRequest()
    {
        var http = new DefaultHttpContext();
        http.Request.Method = "POST";
        foreach (var (name, value) in Headers) http.Request.Headers[name] = value;
        http.Request.ContentType = ContentType;
        http.Request.ContentLength = Body.Length;
        http.Request.Body = new MemoryStream(Body);
        return http.Request;
    }
}
