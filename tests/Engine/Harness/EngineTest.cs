using System.Data.Common;
using HaoSuan.Exceptions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace HaoSuan.Tests.Engine;

/// <summary>
/// A test of use cases against a real database. Cases stand in an abstract class; a subclass for each engine runs them:
/// <c>public sealed class Vault_on_sqlite(SqliteDatabases engine) : VaultCases(engine);</c>
/// </summary>
public abstract class EngineTest(Databases engine) : IAsyncLifetime
{
    private TestDatabase? _database;
    private ServiceProvider? _services;
    private Tenant? _tenant;

    /// <summary>2026-03-01 10:00 in Shanghai, until a test moves it.</summary>
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.FromHours(8)));

    protected Tenant Tenant => _tenant!;

    protected TestDatabase Database => _database!;

    protected IServiceProvider Services => _services!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await engine.CreateAsync();
        _services = Configure(Compose(_database))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        _tenant = await Services.GetRequiredService<Tenants>().AddAsync("demo", "示例运营商");
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds what a test needs beside the modules, such as a fake of an outer seam.</summary>
    protected virtual IServiceCollection Configure(IServiceCollection services) => services;

    /// <summary>The platform and the modules on a database: the test's own, or a copy of it.</summary>
    protected IServiceCollection Compose(TestDatabase database) => new ServiceCollection()
        .AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
        .AddSingleton<TimeProvider>(Time)
        .AddPlatform(database.App, Databases.MasterKeyForTests)
        .AddModules();

    /// <summary>Calls a service of the tenant in a fresh scope, as a request would.</summary>
    protected async Task<T> With<TService, T>(Func<TService, Task<T>> call, Tenant? tenant = null) where TService : notnull
    {
        await using var scope = Services.GetRequiredService<IServiceScopeFactory>().CreateScope(tenant ?? Tenant);
        return await call(scope.ServiceProvider.GetRequiredService<TService>());
    }

    protected Task With<TService>(Func<TService, Task> call, Tenant? tenant = null) where TService : notnull =>
        With<TService, Done>(async service =>
        {
            await call(service);
            return default;
        }, tenant);

    /// <summary>Delivers everything in the outbox that is due.</summary>
    protected Task<int> Drain() => Services.GetRequiredService<OutboxDelivery>().DrainAsync(Cancel);

    /// <summary>Runs all comparisons. Returns the kinds of the cases that are open then.</summary>
    protected async Task<IReadOnlyList<string>> Compared()
    {
        await Services.GetRequiredService<JobRunner>().RunAsync(Services.GetServices<RecurringJob>().Single(j => j.Name == "compare"), Cancel);
        var open = await With<CaseRecords, IReadOnlyList<CaseSummary>>(c => c.ListAsync(new(), 0, 50, Cancel));
        return [.. open.Select(c => c.Kind).Order(StringComparer.Ordinal)];
    }

    /// <summary>Runs SQL as the database's owner: what somebody with the database's password could do.</summary>
    protected async Task<int> Tamper(string sql)
    {
        await using DbConnection connection = Database.Owner.StartsWith("Host", StringComparison.Ordinal)
            ? new NpgsqlConnection(Database.Owner)
            : new SqliteConnection(Database.Owner);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = connection is NpgsqlConnection ? $"set haosuan.tenant = '0'; {sql}" : sql;
        return await command.ExecuteNonQueryAsync(Cancel);
    }
}
