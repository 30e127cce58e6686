using HaoSuan.Payments.Channels;
using HaoSuan.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace HaoSuan.Tests.Web;

/// <summary>Our host against the sandbox, each on a server in memory, of its own for each test.</summary>
public abstract class SandboxedTests : IAsyncLifetime
{
    protected static readonly Uri At = new("http://sandbox.test/");

    private readonly WebApplication _sandbox;
    private HttpClient _http = null!;       // made before each test

    protected SandboxedTests()
    {
        App = new() { Configure = AddLines };
        World = new(Keys, TimeProvider.System, new(new ToApp(App)));
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        _sandbox = builder.Build();
        _sandbox.MapSandbox(World);
    }

    protected SandboxKeys Keys { get; } = SandboxKeys.Generate(TimeProvider.System);

    protected App App { get; }

    protected SandboxWorld World { get; }

    protected HttpClient Http => _http;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _sandbox.StartAsync(Cancel);
        _http = _sandbox.GetTestClient();
        _http.BaseAddress = At;
        await App.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _sandbox.DisposeAsync();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task<int> Drain() => App.Services.GetRequiredService<OutboxDelivery>().DrainAsync(Cancel);

    private void AddLines(IServiceCollection services)
    {
        var wechat = Keys.WeChatPay(At);
        services.AddSingleton<IPaymentChannel>(new WeChatPay(_http, wechat, TimeProvider.System));
        services.AddSingleton<ITransferChannel>(new WeChatTransfers(_http, wechat, TimeProvider.System));
        services.AddSingleton(new WeChatPayers(_http, wechat));
        services.AddSingleton<IPaymentChannel>(new Alipay(_http, Keys.Alipay(At), TimeProvider.System));
        services.AddSingleton<ITransferChannel>(new AlipayTransfers(_http, Keys.Alipay(At), TimeProvider.System));
    }

    /// <summary>What the sandbox tells, to our host in memory.</summary>
    private sealed class ToApp(App app) : HttpMessageHandler
    {
        private HttpMessageInvoker? _invoker;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            (_invoker ??= new(((TestServer)app.Services.GetRequiredService<IServer>()).CreateHandler())).SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _invoker?.Dispose();
            base.Dispose(disposing);
        }
    }
}
