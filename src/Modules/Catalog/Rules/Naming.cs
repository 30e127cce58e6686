using System.Text.RegularExpressions;

namespace HaoSuan.Catalog;

/// <summary>Keys and codes stand in addresses, accounts and sheets, so they are short and plain.</summary>
internal static partial class Naming
{
    public static IEnumerable<Refusal> Faults(NewUpstream upstream)
    {
        if (!Key().IsMatch(upstream.Key)) yield return new Refusal("catalog.key_not_plain").On("key");
        if (IsNoName(upstream.Name)) yield return new Refusal("catalog.name_missing").On("name");
        if (!Key().IsMatch(upstream.Wire)) yield return new Refusal("catalog.wire_missing").On("wire");
        if (!IsObject(upstream.Settings)) yield return new Refusal("catalog.settings_not_json").On("settings");
    }

    public static IEnumerable<Refusal> Faults(NewProduct product)
    {
        if (!Code().IsMatch(product.Code)) yield return new Refusal("catalog.code_not_plain").On("code");
        if (IsNoName(product.Name)) yield return new Refusal("catalog.name_missing").On("name");
        if (product.Summary.Length > 500) yield return new Refusal("catalog.summary_too_long", 500).On("summary");
        if (product.Price < Money.Zero) yield return new Refusal("catalog.price_negative").On("price");
        if (product.Kind == ProductKind.TrafficCard && product.Price > Money.Zero) yield return new Refusal("catalog.traffic_card_priced").On("price");
        if (product.Kind == ProductKind.PricedCard && product.Price.IsZero) yield return new Refusal("catalog.priced_card_free").On("price");
        if (product.Kind == ProductKind.PremiumNumber && !product.PicksNumber) yield return new Refusal("catalog.premium_without_number").On("picksNumber");
        if (Lease().IsMatch(product.Name)) yield return new Refusal("catalog.cards_not_leased").On("name");
        if (Lease().IsMatch(product.Summary)) yield return new Refusal("catalog.cards_not_leased").On("summary");
        if (product.Kind == ProductKind.IotCard && product.PicksNumber) yield return new Refusal("catalog.iot_without_number").On("picksNumber");
        foreach (var fault in RuleList.Faults(product.Kind, product.Rules ?? RuleList.Usual(product.Kind))) yield return fault with { Field = null };
    }

    /// <summary>A stage's key stands in rates, lines and sheets.</summary>
    public static bool IsStageKey(string key) => StageKey().IsMatch(key);

    private static bool IsNoName(string name) => string.IsNullOrWhiteSpace(name) || name.Length > 100;

    private static bool IsObject(string json)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(json);
            return document.RootElement.ValueKind == System.Text.Json.JsonValueKind.Object;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex Key();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[\p{L}\p{N}_-]{1,40}$")]
    private static partial Regex StageKey();

    // Phone cards are never leased (反电信网络诈骗法 §31). 月租 is the plan's monthly fee and no lease.
    [GeneratedRegex("租赁|出租|租借|租用|转租|出借|租卡")]
    private static partial Regex Lease();
}
