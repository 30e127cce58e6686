using System.Text.Json;

namespace HaoSuan.Settling.Cases;

/// <summary>Reads a case file from its root: settings first, then schemes, then the orders that pin them.</summary>
internal sealed class CaseReader(Reading reading)
{
    private readonly Dictionary<(string Product, int Version), Scheme> _schemes = [];
    private readonly HashSet<string> _products = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unsure = new(StringComparer.Ordinal);     // a version of theirs could not be read

    public Case? Case(Node root)
    {
        if (!root.IsObject("format", "currency", "time_zone", "schemes", "orders", "bonuses", "as_of")) return null;
        root.Required("format")?.OneOf("haosuan-case/1");
        reading.Currency = Currency(root.Required("currency"));
        var zone = Zone(root.Optional("time_zone"));
        var schemes = new SchemeReader(Kinds(root));
        foreach (var node in root.Required("schemes")?.Items() ?? []) Keep(node, schemes.Scheme(node));
        var orders = SchemeReader.Many(root.Required("orders"), new OrderReader(_schemes, _products, _unsure).Order, "id", o => o.Order.Id);
        var bonuses = SchemeReader.Many(root.Optional("bonuses"), SchemeReader.Bonus, "key", b => b.Key);
        var asOf = (root.Required("as_of")?.Items() ?? []).Select(node => node.Instant() ?? default);
        return new(reading.Currency, zone, orders, bonuses, [.. asOf]);
    }

    private void Keep(Node node, Scheme? scheme)
    {
        if (scheme is null) return;
        if (scheme.Version >= 0) _products.Add(scheme.Product);
        else _unsure.Add(scheme.Product);
        if (!_schemes.TryAdd((scheme.Product, scheme.Version), scheme))
            node.Fail("version", Message.DuplicateVersion(scheme));
    }

    private static Currency Currency(Node? node)
    {
        if (node?.Text() is not { } code) return Kernel.Currency.Cny;
        if (Kernel.Currency.Find(code) is { } currency) return currency;
        node.Fail(Message.UnknownCurrency(code));
        return Kernel.Currency.Cny;
    }

    private static Zone Zone(Node? node)
    {
        if (node?.Text() is not { } id) return Kernel.Zone.Shanghai;
        if (Kernel.Zone.Find(id) is { } zone) return zone;
        node.Fail(Message.UnknownZone(id));
        return Kernel.Zone.Shanghai;
    }

    /// <summary>A scheme may speak of every kind that the trade knows or that an order of the file has.</summary>
    private static HashSet<string> Kinds(Node root)
    {
        var kinds = new HashSet<string>(FactKind.Known, StringComparer.Ordinal);
        foreach (var order in Items(root.Value, "orders"))
        {
            foreach (var fact in Items(order, "facts"))
            {
                var isNamed = fact.ValueKind == JsonValueKind.Object && fact.TryGetProperty("fact", out _);
                if (isNamed && Node.StringOf(fact.GetProperty("fact")) is { } kind) kinds.Add(kind);
            }
        }
        return kinds;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string key) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;
}
