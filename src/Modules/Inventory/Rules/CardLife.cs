namespace HaoSuan.Inventory;

/// <summary>Which moves of a card there are. Reports come late and skip steps, so going on may skip some; going back may not.</summary>
internal static class CardLife
{
    public static bool Allows(CardState from, CardState to) => from switch
    {
        CardState.InStock => to is CardState.Allocated or CardState.Scrapped,
        CardState.Allocated => to is CardState.Shipped or CardState.InStock,
        CardState.Shipped => to is CardState.Delivered or CardState.Activated or CardState.Returned,
        CardState.Delivered => to is CardState.Activated or CardState.Returned,
        CardState.Activated => to is CardState.Returned,
        CardState.Returned => to is CardState.InStock or CardState.Scrapped,
        CardState.Scrapped => false,
    };

    /// <summary>Whether a card in that state belongs to an order.</summary>
    public static bool IsWithOrder(CardState state) =>
        state is CardState.Allocated or CardState.Shipped or CardState.Delivered or CardState.Activated;
}
