namespace HaoSuan.Inventory;

internal static class InventoryWords
{
    public static string Of(CardState state) => state switch
    {
        CardState.InStock => "在库",
        CardState.Allocated => "已分配",
        CardState.Shipped => "已发货",
        CardState.Delivered => "已签收",
        CardState.Activated => "已激活",
        CardState.Returned => "退回待检",
        CardState.Scrapped => "已报废",
    };

    public static Tone ToneOf(CardState state) => state switch
    {
        CardState.InStock or CardState.Activated => Tone.Good,
        CardState.Allocated or CardState.Shipped or CardState.Delivered => Tone.Info,
        CardState.Returned => Tone.Warn,
        CardState.Scrapped => Tone.Neutral,
    };

    /// <summary>What an office may do by hand with a card in that state: the rest follows from orders.</summary>
    public static IEnumerable<CardState> ByHand(CardState state) => state switch
    {
        CardState.InStock => [CardState.Scrapped],
        CardState.Shipped or CardState.Delivered or CardState.Activated => [CardState.Returned],
        CardState.Returned => [CardState.InStock, CardState.Scrapped],
        CardState.Allocated or CardState.Scrapped => [],
    };
}
