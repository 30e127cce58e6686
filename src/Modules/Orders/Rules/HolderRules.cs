namespace HaoSuan.Orders;

/// <summary>A card that the same ID number has ordered before from the same carrier.</summary>
internal readonly record struct Holding(DateOnly OrderedOn, OrderState State, NetworkState Network);

/// <summary>How many cards of a carrier one person may have: one in the product's window, and five that live (一证五户).</summary>
internal static class HolderRules
{
    public const int MostLiveCards = 5;

    public static IReadOnlyList<Refusal> Faults(IReadOnlyCollection<Holding> holdings, int windowDays, DateOnly today)
    {
        var counted = holdings.Where(h => h.State is not (OrderState.Closed or OrderState.Failed)).ToList();
        var live = counted.Count(h => h.State != OrderState.Returned && h.Network != NetworkState.Cancelled);
        List<Refusal> faults = [];
        if (live >= MostLiveCards) faults.Add(new("orders.five_cards", MostLiveCards));
        var free = counted.Count == 0 ? today : counted.Max(h => h.OrderedOn).AddDays(windowDays);
        if (free > today) faults.Add(new("orders.one_card_in_window", windowDays, free));
        return faults.ConvertAll(f => f.On(nameof(OrderForm.IdNumber)));
    }
}
