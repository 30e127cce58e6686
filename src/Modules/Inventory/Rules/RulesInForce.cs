using HaoSuan.Catalog;

namespace HaoSuan.Inventory;

/// <summary>Which rule is in force for the numbers of a product: of each scope the latest that has begun, and of those the narrowest.</summary>
internal sealed class RulesInForce
{
    private readonly Dictionary<NumberPattern, NumberRule> _rules;

    public RulesInForce(IEnumerable<NumberRule> rules, ProductId product, Carrier carrier, Instant at) => _rules = rules
        .Where(r => r.From <= at && (r.Scope.Product is null || r.Scope.Product == product) && (r.Scope.Carrier is null || r.Scope.Carrier == carrier))
        .GroupBy(r => r.Scope).Select(Last).OfType<NumberRule>().Where(r => !r.Lifts)
        .GroupBy(r => r.Scope.Pattern)
        .ToDictionary(g => g.Key, g => g.OrderByDescending(r => r.Scope.Product is not null).ThenByDescending(r => r.Scope.Carrier is not null).First());

    /// <summary>Of rules of one scope that have begun the one that counts.</summary>
    public static NumberRule? Last(IEnumerable<NumberRule> rules) => rules.MaxBy(r => (r.From, r.SetAt, r.Id));

    public NumberRule? Of(NumberPattern pattern) => _rules.GetValueOrDefault(pattern);

    /// <param name="number">The number.</param>
    /// <param name="own">The supplement that the import has named, in fen.</param>
    /// <param name="pattern">Its pattern.</param>
    public PoolNumber Priced(string number, long? own, NumberPattern pattern)
    {
        var rule = Of(pattern);
        return new(number, own is { } named ? new(named) : rule?.Terms.Supplement ?? Money.Zero, pattern, rule);
    }

    /// <summary>The patterns whose numbers cost that much where the import has not said otherwise.</summary>
    public IReadOnlyList<NumberPattern> Within(Money from, Money to) =>
        [.. Enum.GetValues<NumberPattern>().Where(p => (Of(p)?.Terms.Supplement ?? Money.Zero) is var cost && cost >= from && cost <= to)];
}
