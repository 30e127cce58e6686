using System.Net;

namespace HaoSuan.Bench;

/// <summary>
/// Orders of some months ago with their facts: chains of three out of 10,110 distributors, two stages, five facts on average, every
/// twentieth cancelled again, half of the first stages confirmed by the upstream, a bonus on the first stage.
/// </summary>
internal sealed class OrdersOfMonths(World world)
{
    private const int Tops = 10, Middles = 100, Sellers = 10_000;
    private const long Day = 86_400_000_000;
    private static readonly Guid Upstream = Named(1, 1);
    private static readonly Guid Product = Named(2, 1);

    private const string Scheme = """
        {"product":"GD29","version":1,"stages":[
          {"key":"first","name":"激活首充","upstream":"120.00",
           "when":[{"fact":"activated","within_days":30,"after":"ordered"},{"fact":"topped_up","at_least":"50.00","within_days":30,"after":"activated"}],
           "release":{"mode":"days","days":7}},
          {"key":"month2","name":"次月在网","upstream":"30.00","when":[{"normal_at_month_end":2,"after":"activated"}],
           "release":{"mode":"at_once","await":"upstream_confirmed"}}],
         "clawback":[{"on":["cancelled"],"within_days":90,"after":"activated","keep":"prorata"}]}
        """;

    private const string Rules = """
        [{"rule":"age","min":16,"max":65},{"rule":"live_cards","most":5},
         {"rule":"repeat","by":"id_number","scope":"carrier","most":1,"days":180},{"rule":"blacklist"}]
        """;

    private const string Bonus = """
        {"key":"volume","stage":"first","period":"month","scope":"team","basis":"marginal",
         "tiers":[{"from":1,"per_card":"0.00"},{"from":101,"per_card":"1.00"}],"release":{"mode":"at_once"}}
        """;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(8));

    private int Tenant => world.Tenant.Id.Value;

    /// <summary>The instant of the first settlement: after everything that the facts tell.</summary>
    public static Instant AsOf => Instant.From(Start.AddDays(100));

    public async Task TermsAsync()
    {
        await Fill.RowsAsync(world, "upstream", "tenant_id, id, key, name, wire, settings, created_at",
            [[Tenant, Upstream, "up", "上游", "sandbox", "{}", 0L]]);
        await ProductAsync(Product, "GD29", picksNumber: false);
        await Fill.RowsAsync(world, "bonus", "tenant_id, key, first_month, last_month, json, published_at",
            [[Tenant, "volume", new Month(2026, 1).Number, null, Bonus, 0L]]);
    }

    /// <summary>Another product by the same scheme, for which a number is picked.</summary>
    public async Task<Guid> PickingAsync(string code)
    {
        var product = Named(2, 2);
        await ProductAsync(product, code, picksNumber: true);
        return product;
    }

    private async Task ProductAsync(Guid id, string code, bool picksNumber)
    {
        await Fill.RowsAsync(
            world, "product",
            "tenant_id, id, code, upstream_id, kind, carrier, name, summary, price, picks_number, on_sale, created_at",
            [[Tenant, id, code, Upstream, picksNumber ? "PremiumNumber" : "TrafficCard", "Unicom", code, "", 0L, picksNumber, true, 0L]]);
        await Fill.RowsAsync(world, "scheme", "tenant_id, product_id, version, in_force_from, json, published_at",
            [[Tenant, id, 1, 0L, Scheme.Replace("GD29", code, StringComparison.Ordinal), 0L]]);
        await Fill.RowsAsync(world, "eligibility", "tenant_id, product_id, version, rules, at, actor", [[Tenant, id, 1, Rules, 0L, "bench"]]);
    }

    public async Task OrdersAsync(int from, int count)
    {
        var orders = Enumerable.Range(from, count);
        await Fill.RowsAsync(
            world, "sales_order",
            "tenant_id, id, order_no, token, product_id, upstream_id, carrier, scheme_version, seller, chain, ordered_at, price, paid, "
            + "name_id, id_number_id, phone_id, address_id, id_hash, province, state, network, confirmed_at, fact_count",
            orders.Select(i => new object?[]
            {
                Tenant, OrderId(i), Text($"HS{i:000000000000}"), Text($"t{i}"),
                Product, Upstream, "Unicom", 1, Chain(i)[2], ChainText(i), OrderedAt(i), 0L, 0L,
                OrderId(i), OrderId(i), OrderId(i), OrderId(i), BitConverter.GetBytes(i), "11", "Activated", "InService", OrderedAt(i), Facts(i).Count(),
            }));
        await Fill.RowsAsync(world, "order_seat", "tenant_id, distributor_id, order_id, position",
            orders.SelectMany(i => Chain(i).Select((d, seat) => new object?[] { Tenant, d, OrderId(i), seat })));
        await Fill.RowsAsync(world, "fact", "tenant_id, id, order_id, kind, at, recorded_at, amount, attributes, source, source_id",
            orders.SelectMany(i => Facts(i).Select((f, n) => new object?[]
            {
                Tenant, Named(4, (i * 10L) + n), OrderId(i), f.Kind, f.At, f.At, f.Amount, f.Attributes, "bench", Text($"{n}"),
            })));
        await DueAsync(orders, OrderedAt);
    }

    /// <summary>A cancellation of each of the orders, of within the clawback's window, that is learned of only at that instant and makes them due.</summary>
    public async Task CancelAsync(IReadOnlyList<int> orders, Instant learned)
    {
        await Fill.RowsAsync(world, "fact", "tenant_id, id, order_id, kind, at, recorded_at, amount, attributes, source, source_id",
            orders.Select(i => new object?[]
            {
                Tenant, Named(5, i), OrderId(i), "cancelled", OrderedAt(i) + (60 * Day), learned.Microseconds, 0L, "{}", "late", "c",
            }));
        await DueAsync(orders, _ => learned.Microseconds);
    }

    private Task DueAsync(IEnumerable<int> orders, Func<int, long> at) => Fill.RowsAsync(
        world, "order_due", "tenant_id, due_for, order_id, due_at", orders.Select(i => new object?[] { Tenant, "Settlement", OrderId(i), at(i) }));

    /// <summary>Whether its first stage is earned and it was never cancelled.</summary>
    public static bool IsUndisturbed(int i) => i % 10 != 0 && i % 20 != 1;

    private static long OrderedAt(int i) => Instant.From(Start).Microseconds + (i % 1_000_000 * (28 * Day / 1_000_000));

    private static Guid OrderId(int i) => Named(3, i);

    private static Guid[] Chain(int i)
    {
        var seller = (int)(i * 2_654_435_761L % Sellers);
        return [Named(6, seller % Tops), Named(7, seller % Middles), Named(8, seller)];
    }

    private static string ChainText(int i)
    {
        var chain = Chain(i);
        string[] rates = ["""{"first":"100.00","month2":"20.00"}""", """{"first":"90.00","month2":"17.00"}""", """{"first":"80.00","month2":"15.00"}"""];
        return $"[{string.Join(',', chain.Zip(rates, (id, own) => $"{{\"distributor\":\"{id}\",\"rates\":{own}}}"))}]";
    }

    private static IEnumerable<(string Kind, long At, long Amount, string Attributes)> Facts(int i)
    {
        var at = OrderedAt(i);
        yield return ("shipped", at + Day, 0, "{}");
        yield return ("activated", at + (3 * Day), 0, "{}");
        yield return ("topped_up", at + (3 * Day) + 1_000_000, 3_000, "{}");
        if (i % 10 != 0) yield return ("topped_up", at + (10 * Day), 3_000, "{}");
        if (i % 20 == 1) yield return ("cancelled", at + (50 * Day), 0, "{}");
        if (i % 2 == 0) yield return ("upstream_confirmed", at + (45 * Day), 0, "{\"stage\":\"month2\"}");
        if (i % 2 == 0) yield return ("upstream_confirmed", at + (40 * Day), 0, "{\"stage\":\"first\"}");
    }

    private static Guid Named(int kind, long number) =>
        new(kind, 0, 0x7000, [0x80, 0, .. BitConverter.GetBytes(IPAddress.HostToNetworkOrder(number))[2..]]);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
