using System.Diagnostics;
using System.Globalization;
using HaoSuan.Platform;
using HaoSuan.Settlements;
using Microsoft.EntityFrameworkCore;

namespace HaoSuan.Bench;

/// <summary>
/// Settlement runs over unsettled orders, by how many they are, beside what the database needs to take the same entries and postings alone;
/// and then a run over ten thousand of them that have changed: it costs what changed, not what is there. The program is warm: what its first
/// seconds cost would otherwise stand in the smallest size alone.
/// </summary>
internal static class Settle
{
    private const int Changes = 10_000;
    private const int OnSqlite = 1_000_000;
    private const int Warming = 30_000;
    private static readonly int[] Sizes = [100_000, 300_000, 1_000_000, 2_000_000, 3_000_000];

    /// <param name="arguments">The numbers of orders; without any all are measured, SQLite too, and the chart is drawn.</param>
    public static void Measure(string[] arguments)
    {
        int[] sizes = arguments.Length > 0 ? [.. arguments.Select(a => int.Parse(a, CultureInfo.InvariantCulture))] : Sizes;
        MeasureAsync(sizes, isWhole: arguments.Length == 0).GetAwaiter().GetResult();
    }

    private static async Task MeasureAsync(int[] sizes, bool isWhole)
    {
        await using (var world = await World.OnPostgresAsync()) await RowAsync(world, "", Warming, RowsAlone.CopyAsync);
        Console.WriteLine("| settlement run, unsettled orders | run | orders/s | rows/s | limit, rows/s | ratio | CPU per order, client + server "
            + $"| bytes per posting | peak memory | {Changes:N0} changed ones |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        List<(int Orders, double Seconds)> runs = [];
        foreach (var size in sizes)
        {
            await using var world = await World.OnPostgresAsync();
            var (row, took) = await RowAsync(world, "PostgreSQL", size, RowsAlone.CopyAsync);
            Console.WriteLine(row);
            runs.Add((size, took));
        }
        if (!isWhole) return;
        var folder = Directory.CreateTempSubdirectory("haosuan-bench-");
        await using (var world = await World.OnSqliteAsync(Path.Combine(folder.FullName, "bench.db")))
            Console.WriteLine((await RowAsync(world, "SQLite", OnSqlite, RowsAlone.InsertAsync)).Row);
        folder.Delete(recursive: true);
        Chart.Write("docs/settlement-run.svg", runs);
        Console.WriteLine();
        Console.WriteLine("![Seconds by orders](settlement-run.svg)");
    }

    private static async Task<(string Row, double Seconds)> RowAsync(World world, string engine, int orders, Func<World, Task<Alone>> alone)
    {
        var months = new OrdersOfMonths(world);
        await months.TermsAsync();
        await months.OrdersAsync(0, orders);
        await world.AnalyzeAsync();
        await world.CheckpointAsync();
        var run = await RunAsync(world, OrdersOfMonths.AsOf);
        var rows = await world.With<Db, long>(db => db.Database.SqlQuery<long>(
            $"select (select count(*) from ledger_entry) + (select count(*) from ledger_posting) as \"Value\"").SingleAsync());
        // Before the limit, which fills the system's cache with its own rows.
        var changed = await ChangeAsync(world, months, orders);
        var limit = await alone(world);
        var (rate, most) = (rows / run.Seconds, limit.Rows / limit.Seconds);
        FormattableString[] cells =
        [
            $"{engine}, {orders:N0}", $"{run.Seconds:F1} s", $"{orders / run.Seconds:N0}", $"{rate:N0}", $"{most:N0}", $"{rate / most:F2}",
            $"{run.ClientCpu * 1e6 / orders:N0} + {run.ServerCpu * 1e6 / orders:N0} µs", $"{limit.BytesPerPosting:N0}",
            $"{run.Peak / 1_000_000:N0} MB", $"{changed:F2} s",
        ];
        return ($"| {string.Join(" | ", cells.Select(FormattableString.Invariant))} |", run.Seconds);
    }

    private static async Task<double> ChangeAsync(World world, OrdersOfMonths months, int orders)
    {
        var at = OrdersOfMonths.AsOf + TimeSpan.FromHours(1);
        var undisturbed = Enumerable.Range(0, orders).Where(OrdersOfMonths.IsUndisturbed);
        await months.CancelAsync([.. undisturbed.Chunk(Math.Max(1, orders / Changes / 2)).Select(c => c[0]).Take(Changes)], at);
        await world.AnalyzeAsync();
        return (await RunAsync(world, at)).Seconds;
    }

    private static async Task<(double Seconds, double ClientCpu, double ServerCpu, long Peak)> RunAsync(World world, Instant asOf)
    {
        Machine.ForgetPeak();
        var (client, server, started) = (Environment.CpuUsage.TotalTime, world.ServerCpu(), Stopwatch.GetTimestamp());
        await world.With<RunSettlement, RunReport>(r => r.RunAsync(asOf));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return (seconds, (Environment.CpuUsage.TotalTime - client).TotalSeconds, world.ServerCpu() - server, Process.GetCurrentProcess().PeakWorkingSet64);
    }
}
