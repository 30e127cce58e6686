using System.Data.Common;

namespace HaoSuan.Platform;

/// <summary>A database engine that HaoSuan supports. Each has the whole engine test suite green.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>The database that a process works on: named by one connection string, whose keys tell the engine.</summary>
public sealed record DatabaseAddress(string ConnectionString)
{
    public Engine Engine { get; } =
        new DbConnectionStringBuilder { ConnectionString = ConnectionString }.ContainsKey("Host") ? Engine.Postgres : Engine.Sqlite;
}
