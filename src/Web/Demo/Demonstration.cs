using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HaoSuan.Identity;
using HaoSuan.Sandbox;

namespace HaoSuan.Web.Demo;

/// <summary>An operator that nobody is, with the other side of every wire in this process.</summary>
internal sealed class Demonstration : IAsyncDisposable
{
    public const int Orders = 1000;

    private const ulong Seed = 20261008;

    private readonly SandboxHost _sandbox;
    private readonly Instant? _end;

    private Demonstration(SandboxHost sandbox, SandboxKeys keys, DemoClock clock, Instant? end) =>
        (_sandbox, Keys, Clock, _end) = (sandbox, keys, clock, end);

    public DemoClock Clock { get; }

    public Uri Sandbox => _sandbox.Address;

    public SandboxWorld World => _sandbox.World;

    private SandboxKeys Keys { get; }

    /// <param name="database">Whose sandbox it is: its keys are kept beside a SQLite file.</param>
    /// <param name="address">Where the sandbox listens.</param>
    /// <param name="end">When the month is over; null: when it is filled.</param>
    public static async Task<Demonstration> StartAsync(DatabaseAddress database, string address, Instant? end = null)
    {
        var clock = new DemoClock();
        clock.StopAt((end ?? clock.Now) - DemoMonth.Length - TimeSpan.FromDays(1));
        var keys = KeysFile(database) is { } file ? SandboxKeys.Open(file, clock) : SandboxKeys.Generate(clock);
        clock.Run();
        return new(await SandboxHost.StartAsync(keys, clock, address), keys, clock, end);
    }

    /// <summary>The settings with lines to the sandbox.</summary>
    public Settings Connect(Settings settings) => settings with
    {
        Lines = new(Keys.WeChatPay(Sandbox), Keys.Alipay(Sandbox),
            [new("haoyi", Haoyi: Keys.Haoyi(Sandbox)), new("hao172", Hao172: Keys.Hao172(Sandbox)), new("yunfan", Described: Keys.Yunfan(Sandbox))])
        {
            Sms = Keys.Sms(Sandbox),
            IdCheck = Keys.IdCheck(Sandbox),
            Mail = Keys.Mail(World.PostOffice),
        },
    };

    /// <summary>Fills a database in which the operator is not. Returns how long it took; null where there was nothing to do.</summary>
    public async Task<TimeSpan?> FillAsync(Settings settings, int orders, string? url = null, bool leaveSheets = true)
    {
        var address = url ?? $"http://127.0.0.1:{FreePort()}";
        var filling = Connect(settings) with { Role = ProcessRole.Web, PublicUrl = new(address + "/") };
        await using var app = Host.Build(filling, builder =>
        {
            builder.WebHost.UseUrls(address);
            builder.Services.AddSingleton<TimeProvider>(Clock);
            builder.Logging.AddFilter((_, level) => level >= LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        });
        app.Services.GetRequiredService<Migrator>().Migrate();
        var tenants = app.Services.GetRequiredService<Tenants>();
        if (await tenants.FindAsync(SignIns.Slug) is { } there)
        {
            await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateScope(there);
            var users = await scope.ServiceProvider.GetRequiredService<Users>().AllAsync();
            if (users.Any(u => u.Role == Network.LastRole)) return null;
            throw new SettingsException("The demonstration in this database was cut off while it was filled. Delete the database, or give another --database.");
        }
        var watch = Stopwatch.StartNew();
        var end = _end ?? Clock.Now;
        Clock.StopAt(end - DemoMonth.Length);
        await app.StartAsync();
        var tenant = await tenants.AddAsync(SignIns.Slug, SignIns.Operator);
        var scene = new Scene(app.Services, tenant, _sandbox.World, Clock, new(Seed));
        using var browser = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(Demo));
        await new DemoMonth(scene, new(browser, new(address + "/"))).Play(orders, end, leaveSheets);
        Clock.Run();
        await app.StopAsync();
        return watch.Elapsed;
    }

    /// <summary>From now on the sandbox tells by itself what it has to tell.</summary>
    public void DeliverByItself() => _sandbox.DeliverByItself();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private static string? KeysFile(DatabaseAddress database)
    {
        if (database.Engine != Engine.Sqlite) return null;
        var file = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = database.ConnectionString }["Data Source"].ToString();
        return Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file!))!, "sandbox-keys.json");        // an address of SQLite names a file
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
