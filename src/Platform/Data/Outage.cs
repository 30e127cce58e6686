using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace HaoSuan.Platform;

/// <summary>
/// What keeps the database from working, and is nobody's mistake: it cannot be reached, or has no room. Told in words to whoever
/// can mend it. Nothing is half done, because every step is one transaction.
/// </summary>
public static class Outage
{
    private const int SqliteIoError = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    private static readonly Refusal Unreachable = new("platform.database_unreachable");
    private static readonly Refusal Full = new("platform.storage_full");

    /// <summary>Null where the exception is something else.</summary>
    public static Refusal? Of(Exception e) => e switch
    {
        AggregateException many => many.InnerExceptions.Select(Of).FirstOrDefault(o => o is not null),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => Full,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections } => Unreachable,
        NpgsqlException { InnerException: IOException or SocketException or TimeoutException } => Unreachable,
        SqliteException { SqliteErrorCode: SqliteFull } => Full,
        SqliteException { SqliteErrorCode: SqliteIoError or SqliteCannotOpen } => Unreachable,
        { InnerException: { } inner } => Of(inner),
        _ => null,
    };
}
