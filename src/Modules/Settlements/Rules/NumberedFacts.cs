using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>An order's facts under names that people can follow: #1, #2 … in the sequence in which they happened.</summary>
internal static class NumberedFacts
{
    public static OrderToSettle Of(OrderToSettle order)
    {
        var sorted = order.Facts.OrderBy(f => f.At).ToList();
        var names = sorted.Index().ToDictionary(f => f.Item.Id, f => $"#{f.Index + 1}", StringComparer.Ordinal);
        return order with { Facts = [.. sorted.Select(f => f with { Id = names[f.Id], Of = f.Of is null ? null : names.GetValueOrDefault(f.Of) })] };
    }
}
