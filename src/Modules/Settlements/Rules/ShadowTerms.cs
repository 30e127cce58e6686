using HaoSuan.Distributors;
using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>
/// An order's chain as a draft sees it. The rates that the order has pinned hold by the stage's key; for a stage without one it is
/// the distributor's current rate, and where there is none either, what the stage is supposed to pay. What is still missing, the
/// evaluation refuses.
/// </summary>
internal sealed class ShadowTerms(Scheme draft, IReadOnlyList<SupposedRate> supposed)
{
    private readonly Dictionary<string, SupposedRate> _supposed = supposed.ToDictionary(s => s.Stage, StringComparer.Ordinal);

    /// <summary>Whose current rates are needed for that order.</summary>
    public IEnumerable<DistributorId> Lacking(OrderToSettle order) =>
        order.Chain.Where(m => draft.Stages.Any(s => !m.Rates.ContainsKey(s.Key))).Select(m => m.Id);

    /// <summary>The order with a rate for every stage, as far as there is one, and where the added ones come from.</summary>
    public (OrderToSettle Order, IReadOnlyList<(string Stage, bool Supposed)> Added) Of(
        OrderToSettle order, IReadOnlyDictionary<DistributorId, IReadOnlyDictionary<string, Rate>> current)
    {
        if (!Lacking(order).Any()) return (order, []);
        Dictionary<string, bool> added = new(StringComparer.Ordinal);
        var chain = order.Chain.Select((member, place) => Complete(member, place, current.GetValueOrDefault(member.Id), added)).ToList();
        return (order with { Chain = chain }, [.. added.Select(a => (a.Key, a.Value))]);
    }

    private ChainMember Complete(ChainMember member, int place, IReadOnlyDictionary<string, Rate>? current, Dictionary<string, bool> added)
    {
        var rates = new Dictionary<string, Rate>(member.Rates, StringComparer.Ordinal);
        foreach (var key in draft.Stages.Select(s => s.Key).Where(k => !member.Rates.ContainsKey(k)))
        {
            var isSupposed = true;
            if (current?.TryGetValue(key, out var rate) == true) (rates[key], isSupposed) = (rate, false);
            else if (_supposed.GetValueOrDefault(key) is { } given) rates[key] = place == 0 ? given.Top : given.Child;
            else continue;
            added[key] = isSupposed || added.GetValueOrDefault(key);
        }
        return member with { Rates = rates };
    }
}
