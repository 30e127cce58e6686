using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace HaoSuan.Bench;

/// <summary>What writing a run's rows took alone.</summary>
internal sealed record Alone(long Rows, double Seconds, long BytesPerPosting);

/// <summary>
/// The limit of a run: its entries and postings once more, by key, into the empty tables of another database, by what is fastest: binary COPY
/// from a file on the server, or prepared inserts in one transaction on SQLite. Keys, indexes and triggers are the same.
/// </summary>
internal static class RowsAlone
{
    private static readonly (string Name, string Key)[] Tables = [("ledger_entry", "id"), ("ledger_posting", "entry_id, line")];

    public static async Task<Alone> CopyAsync(World world)
    {
        await using var connection = new NpgsqlConnection(world.Superuser + ";Command Timeout=3600");
        await connection.OpenAsync();
        var rows = await Scalar(connection, "select (select count(*) from ledger_entry) + (select count(*) from ledger_posting)");
        var size = await Scalar(connection, "select pg_total_relation_size('ledger_posting_rows') / (select count(*) from ledger_posting)");
        foreach (var (table, key) in Tables)
            await Scalar(connection, $"copy (select * from {table} order by {key}) to '{world.Folder}/data/{table}.bin' (format binary)");
        await using var empty = new NpgsqlConnection(await world.EmptyAsync() + ";Command Timeout=3600");
        await empty.OpenAsync();
        await Scalar(empty, "checkpoint");
        var started = Stopwatch.GetTimestamp();
        await Scalar(empty, "begin");
        foreach (var (table, _) in Tables) await Scalar(empty, $"copy {table}_rows from '{world.Folder}/data/{table}.bin' (format binary)");
        await Scalar(empty, "commit");
        return new(rows, Stopwatch.GetElapsedTime(started).TotalSeconds, size);
    }

    public static async Task<Alone> InsertAsync(World world)
    {
        var file = world.Address[(world.Address.IndexOf('=', StringComparison.Ordinal) + 1)..] + "-limit";
        await using var target = await World.OnSqliteAsync(file);
        long rows = 0, postings = 0;
        var seconds = 0.0;
        foreach (var (table, key) in Tables)
        {
            var (columns, read) = await ReadAsync(world, table, key);
            var started = Stopwatch.GetTimestamp();
            await Fill.RowsAsync(target, table, columns, read);
            seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
            (rows, postings) = (rows + read.Count, read.Count);
        }
        return new(rows, seconds, new FileInfo(file).Length / postings);
    }

    private static async Task<long> Scalar(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
    }

    private static async Task<(string Columns, List<object?[]> Rows)> ReadAsync(World world, string table, string key)
    {
        await using var connection = new SqliteConnection(world.Address);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select * from {table} order by {key}";
        await using var reader = await command.ExecuteReaderAsync();
        List<object?[]> rows = [];
        while (await reader.ReadAsync()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return (string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)), rows);
    }
}
