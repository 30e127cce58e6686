using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Constraints;

namespace HaoSuan.Sandbox;

/// <summary>A sandbox on its own Kestrel, inside this process.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SandboxHost(WebApplication app, SandboxWorld world, Uri address) => (_app, World, Address) = (app, world, address);

    public SandboxWorld World { get; }

    public Uri Address { get; }

    /// <param name="address">Port 0 takes a free one.</param>
    /// <param name="autoDeliver">Sends what is due twice a second by itself; a test delivers by hand.</param>
    public static async Task<SandboxHost> StartAsync(
        SandboxKeys keys, TimeProvider time, string address = "http://127.0.0.1:0", bool autoDeliver = false,
        CancellationToken cancel = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<RouteOptions>(o => o.SetParameterPolicy<RegexInlineRouteConstraint>("regex"));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);      // who starts it is told by the exception
        var app = builder.Build();
        var world = new SandboxWorld(keys, time, new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false }));
        app.MapSandbox(world);
        world.PostOffice.Open();
        await app.StartAsync(cancel);
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        var host = new SandboxHost(app, world, new(addresses.First().TrimEnd('/') + "/"));
        if (autoDeliver) host.DeliverByItself();
        return host;
    }

    /// <summary>From now on sends what is due twice a second.</summary>
    public void DeliverByItself() => _ = DeliverAsync(World, _app.Lifetime.ApplicationStopping);

    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        World.PostOffice.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task DeliverAsync(SandboxWorld world, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            while (await timer.WaitForNextTickAsync(stopping)) await world.Deliveries.DeliverAsync(cancel: stopping);
        }
        catch (OperationCanceledException)
        {
            // the host stops
        }
    }
}
