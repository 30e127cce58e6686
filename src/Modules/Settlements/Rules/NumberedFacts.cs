using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>An order's facts under names that people can follow: #1, #2 … in the sequence in which they happened.</summary>
/// <param name="Order">The order with its facts under these names.</param>
/// <param name="Ids">What they are called in the log.</param>
internal sealed record NumberedFacts(OrderToSettle Order, IReadOnlyDictionary<string, FactId> Ids)
{
    public static NumberedFacts Of(OrderToSettle order)
    {
        var sorted = order.Facts.OrderBy(f => f.At).ToList();
        var names = sorted.Index().ToDictionary(f => f.Item.Id, f => $"#{f.Index + 1}", StringComparer.Ordinal);
        return new(
            order with { Facts = [.. sorted.Select(f => f with { Id = names[f.Id], Of = f.Of is null ? null : names.GetValueOrDefault(f.Of) })] },
            names.ToDictionary(n => n.Value, n => FactId.From(Guid.Parse(n.Key)), StringComparer.Ordinal));
    }
}
