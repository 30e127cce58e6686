using HaoSuan.Catalog;

namespace HaoSuan.Inventory;

/// <summary>Which rule is in force for the numbers of a product: the narrowest, and of those the latest that has begun.</summary>
internal sealed class RulesInForce
{
    private readonly Dictionary<NumberPattern, NumberRule> _rules;

    public RulesInForce(IEnumerable<NumberRule> rules, ProductId product, Carrier carrier, Instant at) => _rules = rules
        .Where(r => r.From <= at && (r.Scope.Product is null || r.Scope.Product == product) && (r.Scope.Carrier is null || r.Scope.Carrier == carrier))
        .GroupBy(r => r.Scope.Pattern)
        .ToDictionary(g => g.Key, g => g
            .OrderByDescending(r => r.Scope.Product is not null).ThenByDescending(r => r.Scope.Carrier is not null)
            .ThenByDescending(r => r.From).ThenByDescending(r => r.SetAt).First());

    public NumberRule? Of(NumberPattern pattern) => _rules.GetValueOrDefault(pattern);

    /// <summary>The patterns whose numbers cost that much where the import has not said otherwise.</summary>
    public IReadOnlyList<NumberPattern> Within(Money from, Money to) =>
        [.. Enum.GetValues<NumberPattern>().Where(p => (Of(p)?.Terms.Supplement ?? Money.Zero) is var cost && cost >= from && cost <= to)];
}
