using System.Net;
using System.Net.Sockets;
using HaoSuan.Web;
using HaoSuan.Web.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace HaoSuan.Tests.Browser;

/// <summary>
/// A whole installation on loopback, as <c>haosuan serve --demo</c> starts it: the host, the sandbox and a small demonstration. What would
/// follow by itself within seconds follows when a journey says so: <see cref="SettleDown"/>.
/// </summary>
public sealed class Installation : IAsyncLifetime
{
    private const int Orders = 80;

    private readonly string _folder = Directory.CreateTempSubdirectory("haosuan-browser-").FullName;
    private Demonstration? _demonstration;
    private WebApplication? _app;
    private Tenant? _tenant;

    public Uri Address { get; } = FreeAddress();

    public string Database => $"Data Source={Path.Combine(_folder, "demo.db")}";

    public SandboxWorld World => _demonstration!.World;

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        _demonstration = await Demonstration.StartAsync(new(Database), "http://127.0.0.1:0");
        var settings = _demonstration.Connect(new(Database, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
        {
            PublicUrl = Address,
            Role = ProcessRole.Web,
        });
        await _demonstration.FillAsync(settings, Orders, leaveSheets: false);
        _app = Host.Build(settings, builder =>
        {
            builder.WebHost.UseUrls(Address.ToString());
            builder.Logging.ClearProviders();
        });
        _tenant = await Services.GetRequiredService<Tenants>().FindAsync(SignIns.Slug);
        await _app.StartAsync();
    }

    /// <summary>Calls a service of the demonstrated operator, as a request would.</summary>
    public async Task<T> With<TService, T>(Func<TService, Task<T>> call) where TService : notnull
    {
        await using var scope = Services.GetRequiredService<IServiceScopeFactory>().CreateScope(_tenant!);      // filled above
        return await call(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Everything that is on its way arrives, and what that brings about too.</summary>
    public async Task SettleDown()
    {
        var outbox = Services.GetRequiredService<OutboxDelivery>();
        while (await outbox.DrainAsync() + await World.Deliveries.DeliverAsync() > 0) { }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_demonstration is not null) await _demonstration.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The address must be known before the host is built: payment channels and upstreams are told it.</summary>
    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
