using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace HaoSuan.Bench;

/// <summary>
/// Orders placed by consumers' browsers over HTTP: form checked, identity looked up, number taken, personal data sealed, order, facts to
/// settle and outbox written in one durable commit. With a thousand orders there, and with a million; beside pgbench on the same server.
/// </summary>
internal static class Placing
{
    private const int Seconds = 5;
    private const int Few = 1_000, Many = 1_000_000;
    private static readonly int[] Clients = [1, 8, 32, 128];

    /// <param name="arguments">"few": without the million.</param>
    public static void Measure(string[] arguments) => MeasureAsync(arguments is ["few"] ? Few : Many).GetAwaiter().GetResult();

    private static async Task MeasureAsync(int most)
    {
        await using var world = await World.OnPostgresAsync();
        var months = new OrdersOfMonths(world);
        await months.TermsAsync();
        await months.OrdersAsync(0, Few);
        var shop = new Shop(world, months);
        await shop.FillAsync();
        await world.AnalyzeAsync();
        await using var served = await Served.StartAsync(world);
        for (var round = 0; round < 3; round++) await PlaceAsync(served, shop, 32);     // warm, as a server is that has run for a while
        var peers = Clients.Select(c => Pgbench.SingleRows(world, c, Seconds)).ToList();
        var few = await PlaceAsync(served, shop);
        await months.OrdersAsync(Few, most - Few);
        await world.AnalyzeAsync();
        await world.CheckpointAsync();
        var many = await PlaceAsync(served, shop);
        Console.WriteLine($"| orders placed over HTTP, PostgreSQL | pgbench, one row | among {Few:N0} | among {most:N0} | to pgbench |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (i, clients) in Clients.Index())
            Console.WriteLine(Text($"| {clients} clients | {peers[i]:N0}/s | {few[i]} | {many[i]} | {many[i].Rate / peers[i]:F2} |"));
    }

    private static async Task<List<Speed>> PlaceAsync(Served served, Shop shop)
    {
        List<Speed> speeds = [];
        foreach (var clients in Clients) speeds.Add(await PlaceAsync(served, shop, clients));
        return speeds;
    }

    private static async Task<Speed> PlaceAsync(Served served, Shop shop, int clients)
    {
        var browsers = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Shop.OpenAsync(served.Address)));
        var until = Stopwatch.GetTimestamp() + (Seconds * Stopwatch.Frequency);
        var times = await Task.WhenAll(browsers.Select(browser => Task.Run(async () =>
        {
            List<double> own = [];
            while (Stopwatch.GetTimestamp() < until)
            {
                var started = Stopwatch.GetTimestamp();
                using var answer = await browser.Client.SendAsync(shop.Order(browser));
                if (answer.StatusCode != HttpStatusCode.Found) throw new InvalidOperationException($"{answer.StatusCode}: no order.");
                own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
            browser.Client.Dispose();
            return own;
        })));
        return Speed.Of(times.SelectMany(t => t), Seconds);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
