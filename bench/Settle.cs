using System.Diagnostics;
using System.Globalization;
using HaoSuan.Settlements;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace HaoSuan.Bench;

/// <summary>
/// A settlement run over unsettled orders, beside what the database needs to take the same entries and postings, with the same keys
/// and indexes, from a file on the server (COPY) or by prepared inserts in one transaction (SQLite).
/// </summary>
internal static class Settle
{
    private const int Million = 1_000_000;

    public static void Measure(string[] arguments)
    {
        var orders = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : Million;
        Console.WriteLine($"| settlement run, {orders:N0} unsettled orders | orders/s | rows/s | limit, rows/s | ratio | bytes per posting | peak memory |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        OnPostgresAsync(orders).GetAwaiter().GetResult();
        if (arguments is not [_, "postgres"]) OnSqliteAsync(orders).GetAwaiter().GetResult();
    }

    private static async Task OnPostgresAsync(int orders)
    {
        await using var world = await World.OnPostgresAsync();
        var (report, seconds) = await RunAsync(world, orders);
        var folder = $"{world.Folder}/data";
        await using var connection = new NpgsqlConnection(world.Superuser + ";Command Timeout=3600");
        await connection.OpenAsync();
        var rows = await Scalar(connection, "select (select count(*) from ledger_entry) + (select count(*) from ledger_posting)");
        var size = await Scalar(connection, "select pg_total_relation_size('ledger_posting_rows') / (select count(*) from ledger_posting)");
        foreach (var table in new[] { "ledger_entry_rows", "ledger_posting_rows" })
        {
            await Scalar(connection, $"copy (select * from {table} order by 1, 2, 3) to '{folder}/{table}.bin' (format binary)");
            await Scalar(connection, $"create table copy_of_{table} (like {table} including all)");
        }
        await Scalar(connection, "checkpoint");
        var started = Stopwatch.GetTimestamp();
        await Scalar(connection, "begin");
        foreach (var table in new[] { "ledger_entry_rows", "ledger_posting_rows" })
            await Scalar(connection, $"copy copy_of_{table} from '{folder}/{table}.bin' (format binary)");
        await Scalar(connection, "commit");
        Tell("PostgreSQL", report, seconds, rows, Stopwatch.GetElapsedTime(started).TotalSeconds, size);
    }

    private static async Task OnSqliteAsync(int orders)
    {
        var folder = Directory.CreateTempSubdirectory("haosuan-bench-");
        var file = Path.Combine(folder.FullName, "bench.db");
        await using (var world = await World.OnSqliteAsync(file))
        {
            var (report, seconds) = await RunAsync(world, orders);
            await using var target = await World.OnSqliteAsync(Path.Combine(folder.FullName, "limit.db"));
            var (entries, postings) = (await ReadAsync(world, "ledger_entry"), await ReadAsync(world, "ledger_posting"));
            var started = Stopwatch.GetTimestamp();
            await Fill.RowsAsync(target, "ledger_entry", entries.Columns, entries.Rows);
            await Fill.RowsAsync(target, "ledger_posting", postings.Columns, postings.Rows);
            var limit = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var bytes = new FileInfo(Path.Combine(folder.FullName, "limit.db")).Length;
            Tell("SQLite", report, seconds, entries.Rows.Count + postings.Rows.Count, limit, bytes / postings.Rows.Count);
        }
        folder.Delete(recursive: true);
    }

    private static async Task<(RunReport Report, double Seconds)> RunAsync(World world, int orders)
    {
        var months = new OrdersOfMonths(world);
        await months.TermsAsync();
        await months.OrdersAsync(0, orders);
        if (world.Superuser.Length > 0) await world.RestAsync();
        var started = Stopwatch.GetTimestamp();
        var report = await world.With<RunSettlement, RunReport>(r => r.RunAsync(OrdersOfMonths.AsOf));
        return (report, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static void Tell(string engine, RunReport report, double seconds, long rows, double limit, long bytesPerPosting)
    {
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000;
        var run = FormattableString.Invariant($"| {engine} ({seconds:F1} s, limit {limit:F1} s) | {report.Orders / seconds:N0} | {rows / seconds:N0} ");
        Console.WriteLine(run + FormattableString.Invariant($"| {rows / limit:N0} | {limit / seconds:F2} | {bytesPerPosting:N0} | {peak:N0} MB |"));
    }

    private static async Task<long> Scalar(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
    }

    private static async Task<(string Columns, List<object?[]> Rows)> ReadAsync(World world, string table)
    {
        await using var connection = new SqliteConnection(world.Address);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select * from {table} order by 1, 2, 3";
        await using var reader = await command.ExecuteReaderAsync();
        List<object?[]> rows = [];
        while (await reader.ReadAsync()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return (string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)), rows);
    }
}
