using HaoSuan.Platform;
using HaoSuan.Tests.Support;
using HaoSuan.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HaoSuan.Bench;

/// <summary>A migrated database with one tenant, and the services that work on it.</summary>
internal sealed class World : IAsyncDisposable
{
    public static readonly string MasterKey = Convert.ToBase64String(new byte[32]);

    private readonly ServiceProvider _services;
    private readonly ThrowawayPostgres? _cluster;
    private readonly PostgresDatabase? _database;

    private World(string address, ThrowawayPostgres? cluster, PostgresDatabase? database)
    {
        (_cluster, _database, Address) = (cluster, database, address);
        _services = Compose(address);
    }

    public string Address { get; }

    /// <summary>To the tables past row-level security, and to the server's files.</summary>
    public string Superuser { get; private init; } = "";

    public string Folder => _cluster!.Folder;

    public string Database => _database!.Name;

    public Tenant Tenant { get; private set; } = null!;

    public static async Task<World> OnPostgresAsync()
    {
        var cluster = await ThrowawayPostgres.Start(address =>
        {
            using var services = Compose(address);
            services.GetRequiredService<Migrator>().Migrate();
            return Task.CompletedTask;
        }, ThrowawayPostgres.Durable);
        var database = await cluster.CreateDatabase();
        return await new World(database.App + ";Maximum Pool Size=100", cluster, database)
        {
            Superuser = cluster.ConnectionString("postgres", database.Name),
        }.WithTenantAsync();
    }

    public static Task<World> OnSqliteAsync(string file)
    {
        var world = new World($"Data Source={file}", null, null);
        world._services.GetRequiredService<Migrator>().Migrate();
        return world.WithTenantAsync();
    }

    /// <summary>Calls a service of the tenant in a fresh scope, as a job would.</summary>
    public async Task<T> With<TService, T>(Func<TService, Task<T>> call) where TService : notnull
    {
        await using var scope = _services.GetRequiredService<IServiceScopeFactory>().CreateScope(Tenant);
        return await call(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Lets the server know its tables.</summary>
    public Task AnalyzeAsync() => AsSuperuserAsync("vacuum analyze");

    /// <summary>Lets the server write what it still holds back: what was filled in before is not charged to what is measured.</summary>
    public Task CheckpointAsync() => AsSuperuserAsync("checkpoint");

    /// <summary>The CPU time of the database's processes so far, in seconds; 0 on SQLite, which is in this one.</summary>
    public double ServerCpu()
    {
        if (_cluster is null) return 0;
        const double TicksPerSecond = 100;
        var postmaster = File.ReadLines($"{Folder}/data/postmaster.pid").First();
        return Directory.EnumerateDirectories("/proc", "*").Select(Path.GetFileName).Where(pid => char.IsAsciiDigit(pid![0])).Sum(pid =>
        {
            var stat = Stat(pid!);
            var isServer = pid == postmaster;
            if (stat.Length == 0 || (!isServer && stat[1] != postmaster)) return 0;
            return stat[11..(isServer ? 15 : 13)].Sum(long.Parse) / TicksPerSecond;     // the postmaster's also has those that have ended
        });
    }

    // What follows the program's name: state, parent, …; utime, stime, cutime, cstime from the eleventh on. Empty where it has ended.
    private static string[] Stat(string pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>A migrated database without rows, on the same server: how its superuser reaches it.</summary>
    public async Task<string> EmptyAsync() => _cluster!.ConnectionString("postgres", (await _cluster.CreateDatabase()).Name);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    private async Task AsSuperuserAsync(string sql)
    {
        if (_cluster is null) return;
        await using var connection = new NpgsqlConnection(Superuser + ";Command Timeout=3600");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<World> WithTenantAsync()
    {
        Tenant = await _services.GetRequiredService<Tenants>().AddAsync("bench", "bench");
        return this;
    }

    private static ServiceProvider Compose(string address) => new ServiceCollection()
        .AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
        .AddHaoSuan(new Settings(address, MasterKey))
        .BuildServiceProvider();
}
