namespace HaoSuan.Inventory;

internal static class InventoryWords
{
    public const string NoProduct = "未配卡";

    public static string Of(CardState state) => state switch
    {
        CardState.InStock => "在库",
        CardState.InTransit => "在途",
        CardState.Allocated => "已占用",
        CardState.Shipped => "已发货",
        CardState.Delivered => "已签收",
        CardState.Activated => "已激活",
        CardState.Recalled => "待寄回",
        CardState.Returned => "退回待检",
        CardState.Scrapped => "已报废",
        CardState.Lost => "丢失",
    };

    public static Tone ToneOf(CardState state) => state switch
    {
        CardState.InStock or CardState.Activated => Tone.Good,
        CardState.InTransit or CardState.Allocated or CardState.Shipped or CardState.Delivered => Tone.Info,
        CardState.Recalled or CardState.Returned => Tone.Warn,
        CardState.Lost => Tone.Bad,
        CardState.Scrapped => Tone.Neutral,
    };

    public static string Of(TransferOutcome outcome) => outcome switch
    {
        TransferOutcome.OnTheWay => "在途",
        TransferOutcome.Arrived => "已收到",
        TransferOutcome.Lost => "丢失",
    };

    public static Tone ToneOf(TransferOutcome outcome) => outcome switch
    {
        TransferOutcome.OnTheWay => Tone.Info,
        TransferOutcome.Arrived => Tone.Good,
        TransferOutcome.Lost => Tone.Bad,
    };

    public static string Of(StocktakeState state) => state switch
    {
        StocktakeState.Counting => "清点中",
        StocktakeState.Deciding => "待处理差异",
        StocktakeState.Closed => "已完成",
    };

    public static Tone ToneOf(StocktakeState state) => state switch
    {
        StocktakeState.Counting => Tone.Info,
        StocktakeState.Deciding => Tone.Warn,
        StocktakeState.Closed => Tone.Good,
    };

    public static string Of(CountDifference difference) => difference switch
    {
        CountDifference.Missing => "盘亏",
        CountDifference.Surplus => "盘盈",
        CountDifference.Elsewhere => "串仓",
    };

    public static string Of(CountDecision decision) => decision switch
    {
        CountDecision.Book => "已记账",
        CountDecision.Leave => "账面不变",
    };

    /// <summary>What an office may do by hand with a card in that state: the rest follows from orders, transfers and stocktakes.</summary>
    public static IEnumerable<CardState> ByHand(CardState state) => state switch
    {
        CardState.InStock => [CardState.Scrapped],
        CardState.Shipped or CardState.Delivered or CardState.Activated => [CardState.Returned],
        CardState.Returned => [CardState.InStock, CardState.Scrapped],
        CardState.Lost => [CardState.InStock],
        CardState.InTransit or CardState.Allocated or CardState.Recalled or CardState.Scrapped => [],
    };
}
