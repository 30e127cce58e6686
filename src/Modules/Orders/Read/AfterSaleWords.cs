namespace HaoSuan.Orders;

/// <summary>What people call what there is about after-sales.</summary>
internal static class AfterSaleWords
{
    public static string Of(AfterSaleKind kind) => kind switch
    {
        AfterSaleKind.Return => "退货",
        AfterSaleKind.Exchange => "换货",
        AfterSaleKind.Replacement => "补换卡",
        AfterSaleKind.Reship => "补发",
    };

    /// <summary>What the kind is for, where somebody chooses one.</summary>
    public static string Hint(AfterSaleKind kind) => kind switch
    {
        AfterSaleKind.Return => "退货（寄回后退款）",
        AfterSaleKind.Exchange => "换货（卡没激活就坏了或发错）",
        AfterSaleKind.Replacement => "补换卡（号码在用，卡丢了或坏了）",
        AfterSaleKind.Reship => "补发（拒收或丢件后再寄一张）",
    };

    public static string Of(AfterSaleReason reason) => reason switch
    {
        AfterSaleReason.Unwanted => "不想要了",
        AfterSaleReason.Wrong => "发错",
        AfterSaleReason.Defective => "卡坏了，用不了",
        AfterSaleReason.Refused => "拒收",
        AfterSaleReason.ParcelLost => "丢件",
        AfterSaleReason.CardLost => "卡丢失",
        AfterSaleReason.CardBroken => "卡损坏",
    };

    public static string Of(AfterSaleState state, AfterSaleKind kind) => state switch
    {
        AfterSaleState.Asked => "待处理",
        AfterSaleState.Agreed => kind == AfterSaleKind.Return ? "待寄回" : "待寄新卡",
        AfterSaleState.Sent => "待收回旧卡",
        AfterSaleState.Back => "待退款",
        AfterSaleState.Done => "已完成",
        AfterSaleState.Declined => "已驳回",
        AfterSaleState.Withdrawn => "已撤销",
    };

    /// <summary>What a list is filtered by: the state without its kind.</summary>
    public static string Of(AfterSaleState state) => state == AfterSaleState.Agreed ? "已同意" : Of(state, AfterSaleKind.Return);

    public static Tone ToneOf(AfterSaleState state) => state switch
    {
        AfterSaleState.Asked or AfterSaleState.Back => Tone.Warn,
        AfterSaleState.Agreed or AfterSaleState.Sent => Tone.Info,
        AfterSaleState.Done => Tone.Good,
        AfterSaleState.Declined or AfterSaleState.Withdrawn => Tone.Neutral,
    };
}
