using System.Diagnostics;
using System.Globalization;
using HaoSuan.Ledger;
using HaoSuan.Settlements;

namespace HaoSuan.Bench;

/// <summary>
/// Entries posted one by one, each a durable commit, on accounts of their own and all on one hot account, with and without a
/// settlement run beside, next to pgbench inserting single rows on the same server; and batches of a thousand entries on one account.
/// </summary>
internal static class Posting
{
    private const int Seconds = 5;
    private const int OrdersBeside = 60_000;
    private const int BatchSize = 1_000;
    private const int Batches = 60;
    private static readonly int[] Connections = [1, 4, 16, 32];

    public static void Measure(string[] arguments) => MeasureAsync().GetAwaiter().GetResult();

    private static async Task MeasureAsync()
    {
        await using var world = await World.OnPostgresAsync();
        Console.WriteLine("| single postings, PostgreSQL | pgbench, one row | own accounts | one hot account | during a run |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        await PostAsync(world, 4, hot: true);       // warm
        var months = new OrdersOfMonths(world);
        await months.TermsAsync();
        foreach (var (connections, round) in Connections.Select((c, i) => (c, i)))
        {
            var peer = Pgbench.SingleRows(world, connections, Seconds);
            var (own, hot) = (await PostAsync(world, connections, hot: false), await PostAsync(world, connections, hot: true));
            await months.OrdersAsync(round * OrdersBeside, OrdersBeside);
            using var stop = new CancellationTokenSource();
            var run = RunAsync(world, stop.Token);
            var beside = await PostAsync(world, connections, hot: true);
            await stop.CancelAsync();
            await run;
            Console.WriteLine($"| {connections} connections | {peer:N0}/s | {own} | {hot} | {beside} |");
        }
        Console.WriteLine();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Batches; i++)
        {
            List<Entry> entries = [.. Enumerable.Range(0, BatchSize).Select(_ => Entry(hot: true))];
            await world.With<Journal, IReadOnlyList<long>>(j => j.PostAsync(entries));
        }
        var rate = Batches * BatchSize / Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"Batches of {BatchSize:N0} entries that all touch one account: {rate:N0} entries/s on one connection."));
    }

    private static async Task RunAsync(World world, CancellationToken stop)
    {
        try
        {
            await world.With<RunSettlement, RunReport>(r => r.RunAsync(OrdersOfMonths.AsOf, stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was only there to be in the way.
        }
    }

    private static async Task<string> PostAsync(World world, int connections, bool hot)
    {
        var until = Stopwatch.GetTimestamp() + (Seconds * Stopwatch.Frequency);
        var times = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            List<double> own = [];
            while (Stopwatch.GetTimestamp() < until)
            {
                var started = Stopwatch.GetTimestamp();
                await world.With<Journal, long>(j => j.PostAsync(Entry(hot)));
                own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            return own;
        })));
        var all = times.SelectMany(t => t).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count / (double)Seconds:N0}/s, p99 {all[(int)(all.Count * 0.99)]:F1} ms");
    }

    private static Entry Entry(bool hot)
    {
        var id = NewId.Of<OrderId>(TimeProvider.System);
        var account = hot ? Accounts.Bank : Accounts.Deposit(new(Guid.Parse($"00000000-0000-7000-8000-{id.Value.GetHashCode() & 1023:000000000000}")));
        var now = Instant.From(TimeProvider.System.GetUtcNow());
        return new("bench", $"bench:{id.Value}", now, "", [new(account, new(1)), new(Accounts.CardSales, new(-1))]);
    }
}
