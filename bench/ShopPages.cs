using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HaoSuan.Bench;

/// <summary>
/// What a consumer's phone waits for and loads: the time until a page's first byte, beside that of a file which needs no database, and the bytes
/// of a first visit, with everything that the page asks for, as they go over the line (Brotli).
/// </summary>
internal static partial class ShopPages
{
    private const int Seconds = 5;
    private const int Visitors = 8;

    public static void Measure(string[] arguments) => MeasureAsync().GetAwaiter().GetResult();

    private static async Task MeasureAsync()
    {
        await using var world = await World.OnPostgresAsync();
        var months = new OrdersOfMonths(world);
        await months.TermsAsync();
        var shop = new Shop(world, months);
        await shop.FillAsync();
        await world.AnalyzeAsync();
        await using var served = await Served.StartAsync(world);
        var browser = await Shop.OpenAsync(served.Address);
        using var placed = await browser.Client.SendAsync(shop.Order(browser));
        (string Name, string Path)[] pages =
        [
            ("products", $"s/{Shop.Invite}"), ("product, picking among 400,000 numbers", $"s/{Shop.Invite}/{Shop.Product}?Pick=1"),
            ("order's state", placed.Headers.Location!.OriginalString.TrimStart('/')),
        ];
        var file = (await LinksAsync(browser.Client, pages[0].Path))[0];
        await WaitAsync(browser.Client, pages[1].Path);     // warm
        Console.WriteLine(Text($"| consumer pages, {Visitors} visitors | pages, first byte | a file of the same server | bytes of a first visit |"));
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var (name, path) in pages)
        {
            var (page, limit) = (await WaitAsync(browser.Client, path), await WaitAsync(browser.Client, file));
            Console.WriteLine(Text($"| {name} | {page} | {limit} | {await BytesAsync(browser.Client, path):N0} |"));
        }
        browser.Client.Dispose();
    }

    private static async Task<Speed> WaitAsync(HttpClient client, string path)
    {
        var until = Stopwatch.GetTimestamp() + (Seconds * Stopwatch.Frequency);
        var times = await Task.WhenAll(Enumerable.Range(0, Visitors).Select(_ => Task.Run(async () =>
        {
            List<double> own = [];
            while (Stopwatch.GetTimestamp() < until)
            {
                var started = Stopwatch.GetTimestamp();
                using var answer = await client.SendAsync(Ask(path), HttpCompletionOption.ResponseHeadersRead);
                own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            }
            return own;
        })));
        return Speed.Of(times.SelectMany(t => t), Seconds);
    }

    private static async Task<int> BytesAsync(HttpClient client, string path)
    {
        var bytes = await LengthAsync(client, path);
        foreach (var link in await LinksAsync(client, path)) bytes += await LengthAsync(client, link);
        return bytes;
    }

    private static async Task<int> LengthAsync(HttpClient client, string path)
    {
        using var answer = await client.SendAsync(Ask(path));
        return (await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
    }

    private static async Task<List<string>> LinksAsync(HttpClient client, string path) =>
        [.. Link().Matches(await client.GetStringAsync(path)).Select(m => m.Groups[1].Value.TrimStart('/')).Distinct()];

    private static HttpRequestMessage Ask(string path) => new(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", "br" } } };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("""(?:href|src)="(/assets/[^"]+)""")]
    private static partial Regex Link();
}
