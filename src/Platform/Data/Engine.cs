using System.Collections.Concurrent;
using System.Data.Common;

namespace HaoSuan.Platform;

/// <summary>A database engine that HaoSuan supports. Each has the whole engine test suite green.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>The database that a process works on: named by one connection string, whose keys tell the engine.</summary>
public sealed class DatabaseAddress(string connectionString)
{
    // All statements that requests and jobs say again and again are planned once for a session; sessions of many tenants are few and end soon.
    private static readonly (string Word, int Value)[] Defaults = [("Max Auto Prepare", 300), ("Maximum Pool Size", 50), ("Connection Idle Lifetime", 30)];

    private readonly ConcurrentDictionary<TenantId, string> _tenants = [];

    public string ConnectionString { get; } = connectionString;

    public Engine Engine { get; } = Words(connectionString).ContainsKey("Host") ? Engine.Postgres : Engine.Sqlite;

    /// <summary>
    /// The address of a tenant's own sessions on PostgreSQL: they see its rows, and nothing that they are told later changes that. A page in the
    /// middle of a table costs hardly more there than the next one: by its default, from the days of spinning discs, PostgreSQL would rather read all
    /// facts there are than those of four thousand orders by their keys.
    /// </summary>
    public string Of(TenantId tenant) => _tenants.GetOrAdd(tenant, id =>
    {
        var words = Words(ConnectionString);
        words.TryGetValue("Options", out var own);
        words["Options"] = $"{own} -c haosuan.tenant={id.Value} -c random_page_cost=1.1".TrimStart();
        words["No Reset On Close"] = true;
        foreach (var (word, value) in Defaults.Where(d => !words.ContainsKey(d.Word))) words[word] = value;
        return words.ConnectionString;
    });

    private static DbConnectionStringBuilder Words(string connectionString) => new() { ConnectionString = connectionString };
}
