using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaoSuan.Platform;

/// <summary>Write-ahead logging, foreign keys and patience for the one writer: what SQLite needs to be a server's database.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // Connections are pooled: what was told to one of the file's handles once holds until it is closed.
    private static readonly ConditionalWeakTable<object, object> Told = [];

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (connection is SqliteConnection { Handle: { } handle } && !Told.TryAdd(handle, handle)) return;
        await using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode=wal; pragma synchronous=normal; pragma foreign_keys=on; pragma busy_timeout=20000;";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
