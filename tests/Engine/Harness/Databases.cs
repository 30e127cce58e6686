using HaoSuan.Tests.Engine;
using HaoSuan.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(SqliteDatabases))]
[assembly: AssemblyFixture(typeof(PostgresDatabases))]

namespace HaoSuan.Tests.Engine;

/// <summary>An engine that gives every test a migrated database of its own.</summary>
public abstract class Databases
{
    public abstract Task<TestDatabase> CreateAsync();

    protected static void Migrate(string connectionString)
    {
        using var services = new ServiceCollection()
            .AddLogging(l => l.SetMinimumLevel(LogLevel.Warning))
            .AddPlatform(connectionString, MasterKeyForTests)
            .AddModules()
            .BuildServiceProvider();
        services.GetRequiredService<Migrator>().Migrate();
    }

    public const string MasterKeyForTests = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
}

/// <summary>A test's database: as the product connects, and as its owner, who may tamper.</summary>
public sealed record TestDatabase(string App, string Owner, Func<ValueTask> Drop) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Drop();
}

public sealed class SqliteDatabases : Databases, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("haosuan-sqlite-").FullName;
    private readonly Lazy<string> _template;
    private int _databases;

    public SqliteDatabases() => _template = new(() =>
    {
        var file = Path.Combine(_folder, "template.db");
        Migrate($"Data Source={file};Pooling=false");
        return file;
    });

    public override Task<TestDatabase> CreateAsync()
    {
        var file = Path.Combine(_folder, $"{Interlocked.Increment(ref _databases)}.db");
        File.Copy(_template.Value, file);
        var address = $"Data Source={file}";
        return Task.FromResult(new TestDatabase(address, address, () =>
        {
            using var connection = new SqliteConnection(address);
            SqliteConnection.ClearPool(connection);
            return ValueTask.CompletedTask;
        }));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

public sealed class PostgresDatabases : Databases, IAsyncDisposable
{
    private readonly Lazy<Task<ThrowawayPostgres>> _cluster = new(() => ThrowawayPostgres.Start(owner =>
    {
        Migrate(owner);
        return Task.CompletedTask;
    }));

    public override async Task<TestDatabase> CreateAsync()
    {
        var database = await (await _cluster.Value).CreateDatabase();
        return new(database.App, database.Owner, database.DisposeAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster.IsValueCreated) await (await _cluster.Value).DisposeAsync();
    }
}
