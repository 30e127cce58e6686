using Microsoft.Data.Sqlite;
using Npgsql;

namespace HaoSuan.Bench;

/// <summary>Writes rows as fast as the database takes them: COPY on PostgreSQL, a prepared insert in one transaction on SQLite.</summary>
internal static class Fill
{
    public static Task RowsAsync(World world, string table, string columns, IEnumerable<object?[]> rows) =>
        world.Superuser.Length > 0 ? CopyAsync(world.Superuser, table, columns, rows) : InsertAsync(world.Address, table, columns, rows);

    private static async Task CopyAsync(string address, string table, string columns, IEnumerable<object?[]> rows)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync();
        await using (var command = new NpgsqlCommand("set session_replication_role = replica", connection)) await command.ExecuteNonQueryAsync();
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({columns}) from stdin (format binary)");
        copy.Timeout = TimeSpan.FromHours(1);
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            foreach (var value in row)
            {
                if (value is null) await copy.WriteNullAsync();
                else await copy.WriteAsync(value);
            }
        }
        await copy.CompleteAsync();
    }

    private static async Task InsertAsync(string address, string table, string columns, IEnumerable<object?[]> rows)
    {
        await using var connection = new SqliteConnection(address);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        var names = columns.Split(", ");
        command.CommandText = $"insert into {table} ({columns}) values ({string.Join(", ", names.Select(n => "@" + n))})";
        var parameters = names.Select(n => command.Parameters.Add(new SqliteParameter { ParameterName = "@" + n })).ToList();
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) parameters[i].Value = Stored(row[i]);
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    // As EF Core stores them.
    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToString("D").ToUpperInvariant(),
        _ => value,
    };
}
