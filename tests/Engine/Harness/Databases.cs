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

    /// <summary>One that nobody has migrated.</summary>
    public abstract Task<TestDatabase> CreateEmptyAsync();

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
public sealed record TestDatabase(string App, string Owner, Func<Task<TestDatabase>> CopyAsync, Func<ValueTask> Drop) : IAsyncDisposable
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
        var file = NextFile();
        File.Copy(_template.Value, file);
        return Task.FromResult(Of(file));
    }

    public override Task<TestDatabase> CreateEmptyAsync() => Task.FromResult(Of(NextFile()));

    private string NextFile() => Path.Combine(_folder, $"{Interlocked.Increment(ref _databases)}.db");

    private TestDatabase Of(string file)
    {
        var address = $"Data Source={file}";
        return new(address, address, () => CopyAsync(address), () =>
        {
            using var connection = new SqliteConnection(address);
            SqliteConnection.ClearPool(connection);
            return ValueTask.CompletedTask;
        });
    }

    private async Task<TestDatabase> CopyAsync(string address)
    {
        var file = NextFile();
        await using var connection = new SqliteConnection(address);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"vacuum into '{file}'";
        await command.ExecuteNonQueryAsync();
        return Of(file);
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

    public override async Task<TestDatabase> CreateAsync() => Of(await (await _cluster.Value).CreateDatabase());

    public override async Task<TestDatabase> CreateEmptyAsync() => Of(await (await _cluster.Value).CreateDatabase("template0"));

    private static TestDatabase Of(PostgresDatabase database) =>
        new(database.App, database.Owner, async () => Of(await database.Copy()), database.DisposeAsync);

    public async ValueTask DisposeAsync()
    {
        if (_cluster.IsValueCreated) await (await _cluster.Value).DisposeAsync();
    }
}
