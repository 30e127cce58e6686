using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace HaoSuan.Bench;

/// <summary>
/// A seller's shop with a product whose number is picked, and its consumers: each with an identity, an address and a network address of
/// their own. Distributors and scheme are those of <see cref="OrdersOfMonths"/>.
/// </summary>
internal sealed partial class Shop(World world, OrdersOfMonths months)
{
    private const int Numbers = 400_000;
    private const long Number = 17_000_000_000;
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private static readonly Guid Top = new("00000000-0000-7000-8000-0000000000a1");
    private static readonly Guid Seller = new("00000000-0000-7000-8000-0000000000a2");

    private int _consumers;

    public static string Invite => "bench-a2";

    public static string Product => "NUM29";

    public async Task FillAsync()
    {
        var (tenant, product) = (world.Tenant.Id.Value, await months.PickingAsync(Product));
        await Fill.RowsAsync(world, "distributor", "tenant_id, id, parent_id, code, name, active, joined_at",
            [[tenant, Top, null, "A1", "总部", true, 0L], [tenant, Seller, Top, "A2", "门店", true, 0L]]);
        await Fill.RowsAsync(world, "rate", "tenant_id, distributor_id, product_id, stage, number, from_at, amount, bps, set_at",
            from d in new[] { (Id: Top, Rate: 100_00L), (Id: Seller, Rate: 80_00L) }
            from stage in new[] { (Key: "first", Part: 1), (Key: "month2", Part: 5) }
            select new object?[] { tenant, d.Id, product, stage.Key, 1, 0L, d.Rate / stage.Part, null, 0L });
        await Fill.RowsAsync(world, "invitation", "tenant_id, code, distributor_id, created_at", [[tenant, Invite, Seller, 0L]]);
        await Fill.RowsAsync(world, "pool_number", "tenant_id, number, product_id, pattern",
            Enumerable.Range(0, Numbers).Select(i => NumberOf(i)).Select(n => new object?[]
            {
                tenant, n, product, "Plain",
            }));
    }

    /// <summary>A browser that has opened the product's page.</summary>
    public static async Task<Browser> OpenAsync(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
        using var page = await client.GetAsync($"s/{Invite}/{Product}?Pick=1");
        var html = await page.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        var cookies = page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]);
        return new(client, string.Join("; ", cookies), Token().Match(html).Groups[1].Value);
    }

    /// <summary>The next consumer's order.</summary>
    public HttpRequestMessage Order(Browser browser)
    {
        var i = Interlocked.Increment(ref _consumers);
        var request = new HttpRequestMessage(HttpMethod.Post, $"s/{Invite}/{Product}")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = browser.Token,
                ["Number"] = NumberOf(i),
                ["Name"] = "张伟",
                ["IdNumber"] = IdNumber(i),
                ["Phone"] = Text($"{13_000_000_000 + i}"),
                ["Province"] = "44",
                ["City"] = "广州市",
                ["District"] = "天河区",
                ["Address"] = Text($"体育西路{i}号二单元"),
                ["Consent"] = "true",
            }),
        };
        request.Headers.Add("Cookie", browser.Cookies);
        request.Headers.Add("X-Forwarded-For", $"{new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8 & 255), (byte)(i & 255)])}");
        return request;
    }

    private static string NumberOf(int i) => Text($"{Number + i}");

    // GB 11643: region, day of birth, sequence, and the check character of ISO 7064 MOD 11-2.
    private static string IdNumber(int i)
    {
        var born = new DateOnly(1965, 1, 1).AddDays(i % 14_000);
        var digits = Text($"440106{born:yyyyMMdd}{i / 14_000:000}");
        return digits + "10X98765432"[digits.Index().Sum(d => (d.Item - '0') * Weights[d.Index]) % 11];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();

    internal sealed record Browser(HttpClient Client, string Cookies, string Token);
}
