using System.Diagnostics;
using System.Globalization;
using HaoSuan.Settlements;

namespace HaoSuan.Bench;

/// <summary>A run over ten thousand changed orders among few settled ones and among many: it costs what changed.</summary>
internal static class Changed
{
    private const int Changes = 10_000;

    public static void Measure(string[] arguments)
    {
        int[] sizes = arguments.Length == 2 ? [.. arguments.Select(a => int.Parse(a, CultureInfo.InvariantCulture))] : [100_000, 2_000_000];
        MeasureAsync(sizes).GetAwaiter().GetResult();
    }

    private static async Task MeasureAsync(int[] sizes)
    {
        Console.WriteLine($"| {Changes:N0} changed orders, PostgreSQL | run | orders/s |");
        Console.WriteLine("| --- | ---: | ---: |");
        List<double> seconds = [];
        foreach (var size in sizes)
        {
            await using var world = await World.OnPostgresAsync();
            var months = new OrdersOfMonths(world);
            await months.TermsAsync();
            await months.OrdersAsync(0, size);
            await world.With<RunSettlement, RunReport>(r => r.RunAsync(OrdersOfMonths.AsOf));
            await world.RestAsync();
            var at = OrdersOfMonths.AsOf + TimeSpan.FromHours(1);
            var undisturbed = Enumerable.Range(0, size).Where(OrdersOfMonths.IsUndisturbed);
            await months.CancelAsync([.. undisturbed.Chunk(size / Changes / 2).Select(c => c[0]).Take(Changes)], at);
            var started = Stopwatch.GetTimestamp();
            var report = await world.With<RunSettlement, RunReport>(r => r.RunAsync(at));
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| among {size:N0} | {seconds[^1]:F2} s | {report.Orders / seconds[^1]:N0} |"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| ratio | {seconds[^1] / seconds[0]:F2} | |"));
    }
}
