using Npgsql;

namespace HaoSuan.Tests.Support;

/// <summary>One migrated database of a <see cref="ThrowawayPostgres"/>, dropped when disposed.</summary>
public sealed class PostgresDatabase(ThrowawayPostgres cluster, string name) : IAsyncDisposable
{
    public string Name => name;

    /// <summary>As the product connects: no superuser and not the tables' owner, so that row-level security applies.</summary>
    public string App { get; } = cluster.ConnectionString("haosuan_app", name);

    /// <summary>As the migrations connect: owns the tables, may disable their triggers.</summary>
    public string Owner { get; } = cluster.ConnectionString("haosuan_owner", name);

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in new[] { App, Owner })
        {
            await using var connection = new NpgsqlConnection(pool);
            NpgsqlConnection.ClearPool(connection);
        }
        await cluster.Execute("postgres", "postgres", $"DROP DATABASE {name} WITH (FORCE)");
    }
}
