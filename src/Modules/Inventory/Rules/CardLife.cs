namespace HaoSuan.Inventory;

/// <summary>Which moves of a card there are. Reports come late and skip steps, so going on may skip some; going back may not.</summary>
internal static class CardLife
{
    public static bool Allows(CardState from, CardState to) => from switch
    {
        CardState.InStock => to is CardState.InTransit or CardState.Allocated or CardState.Scrapped or CardState.Lost,
        CardState.InTransit => to is CardState.InStock or CardState.Lost,
        CardState.Allocated => to is CardState.Shipped or CardState.InStock,
        CardState.Shipped => to is CardState.Delivered or CardState.Activated or CardState.Recalled or CardState.Returned or CardState.Lost,
        CardState.Delivered => to is CardState.Activated or CardState.Recalled or CardState.Returned,
        // A card whose number has another one now works nowhere: it never comes back into stock.
        CardState.Activated => to is CardState.Returned or CardState.Scrapped,
        CardState.Recalled => to is CardState.Returned or CardState.Lost,
        CardState.Returned => to is CardState.InStock or CardState.Scrapped or CardState.Lost,
        CardState.Scrapped => false,
        CardState.Lost => to is CardState.InStock,
    };

    /// <summary>Whether a card in that state belongs to an order.</summary>
    public static bool IsWithOrder(CardState state) =>
        state is CardState.Allocated or CardState.Shipped or CardState.Delivered or CardState.Activated;

    /// <summary>Whether a card in that state lies in its warehouse.</summary>
    public static bool IsInWarehouse(CardState state) => state is CardState.InStock or CardState.Allocated or CardState.Returned;

    /// <summary>What becomes of a card that the books have elsewhere and that is found in a warehouse; null: it stays what it is.</summary>
    public static CardState? Found(CardState state) => state switch
    {
        CardState.InStock or CardState.InTransit or CardState.Lost => CardState.InStock,
        CardState.Returned or CardState.Shipped or CardState.Delivered or CardState.Activated or CardState.Recalled => CardState.Returned,
        CardState.Allocated or CardState.Scrapped => null,
    };
}
