using System.Globalization;
using System.Text.Json;
using HaoSuan.Distributors;
using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>Chains that were read before: the orders of one seller mostly have the same.</summary>
internal sealed class KnownChains
{
    private const int Most = 50_000;
    private readonly Dictionary<string, IReadOnlyList<ChainMember>> _chains = new(StringComparer.Ordinal);

    public IReadOnlyList<ChainMember> Of(string text)
    {
        if (_chains.TryGetValue(text, out var known)) return known;
        if (_chains.Count >= Most) _chains.Clear();
        return _chains[text] = ChainText.Read(text);
    }
}

/// <summary>How a pinned chain is kept: <c>[{"distributor":"…","rates":{"activated":"80.00","share":"800 bps"}}]</c>.</summary>
internal static class ChainText
{
    private const string Share = " bps";

    private sealed record Seat(DistributorId Distributor, Dictionary<string, string> Rates);

    public static string Write(IReadOnlyList<ChainMember> chain) => JsonSerializer.Serialize(
        chain.Select(s => new Seat(s.Id, s.Rates.ToDictionary(r => r.Key, r => r.Value.Format(Currency.Cny), StringComparer.Ordinal))),
        Json.Options);

    public static IReadOnlyList<ChainMember> Read(string text) =>
        [.. JsonSerializer.Deserialize<List<Seat>>(text, Json.Options)!
            .Select(s => new ChainMember(s.Distributor, s.Rates.ToDictionary(r => r.Key, r => ReadRate(r.Value), StringComparer.Ordinal)))];

    private static Rate ReadRate(string text)
    {
        if (text.EndsWith(Share, StringComparison.Ordinal)) return Rate.Share(new(int.Parse(text[..^Share.Length], CultureInfo.InvariantCulture)));
        return Currency.Cny.TryParse(text, out var amount) ? Rate.Amount(amount) : throw new JsonException($"Not a rate: {text}");
    }
}
