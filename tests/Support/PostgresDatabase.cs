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

    /// <summary>Another database with the same content. It ends all sessions: a database with one cannot be copied.</summary>
    public async Task<PostgresDatabase> Copy()
    {
        NpgsqlConnection.ClearAllPools();       // each tenant has one of its own
        await cluster.Execute("postgres", "postgres", $"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'");
        return await cluster.CreateDatabase(template: name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await cluster.Execute("postgres", "postgres", $"DROP DATABASE {name} WITH (FORCE)");
    }
}
