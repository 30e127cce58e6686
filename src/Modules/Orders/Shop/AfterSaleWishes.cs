namespace HaoSuan.Orders;

/// <summary>What a consumer may ask for himself, in his words, and what he reads of it.</summary>
internal static class AfterSaleWishes
{
    private static readonly (AfterSaleKind Kind, AfterSaleReason Reason, string Text)[] All =
    [
        (AfterSaleKind.Return, AfterSaleReason.Unwanted, "不想要了，退货退款"),
        (AfterSaleKind.Return, AfterSaleReason.Defective, "卡坏了，退货退款"),
        (AfterSaleKind.Exchange, AfterSaleReason.Defective, "卡坏了，换一张"),
        (AfterSaleKind.Exchange, AfterSaleReason.Wrong, "发错了，换一张"),
        (AfterSaleKind.Replacement, AfterSaleReason.CardLost, "卡丢了，补一张，号码不变"),
        (AfterSaleKind.Replacement, AfterSaleReason.CardBroken, "卡坏了，换一张，号码不变"),
    ];

    /// <summary>Those that his order can have now.</summary>
    public static IReadOnlyList<Option> Of(OrderSummary order, IReadOnlyList<AfterSale> sales)
    {
        if (sales.Any(s => s.IsOpen)) return [];
        var isGivenBack = sales.Any(s => s is { Kind: AfterSaleKind.Return, State: AfterSaleState.Done });
        return [.. All.Where(w => AfterSaleRules.Fault(w.Kind, w.Reason, new(order.State, order.Network, isGivenBack)) is null)
            .Select(w => new Option($"{w.Kind}.{w.Reason}", w.Text))];
    }

    public static (AfterSaleKind Kind, AfterSaleReason Reason)? Read(string? value) =>
        All.FirstOrDefault(w => $"{w.Kind}.{w.Reason}" == value) is { Text: not null } wish ? (wish.Kind, wish.Reason) : null;

    /// <summary>What comes next, or how it has ended.</summary>
    public static string Next(AfterSale sale) => sale.State switch
    {
        AfterSaleState.Asked => "客服会在 1 天内处理。",
        AfterSaleState.Agreed when sale is { Kind: AfterSaleKind.Return, Reason: AfterSaleReason.ParcelLost } => "正在向快递核实，确认后退款。",
        AfterSaleState.Agreed when sale is { Kind: AfterSaleKind.Return, ParcelBack: not null } => "卡已寄回，收到并验收后退款。",
        AfterSaleState.Agreed when sale.Kind == AfterSaleKind.Return => "请把卡寄回，收到并验收后退款。",
        AfterSaleState.Agreed => "新卡会在 2 天内寄出。",
        AfterSaleState.Sent => sale.ParcelBack is null ? "新卡已寄出，请把旧卡寄回。" : "新卡已寄出，旧卡收到后办结。",
        AfterSaleState.Back when sale.Reason == AfterSaleReason.ParcelLost => "包裹没有送到，2 天内核定退款。",
        AfterSaleState.Back => "卡已收到，2 天内核定退款。",
        AfterSaleState.Done when sale.Refunded is { } refunded => refunded.IsZero
            ? "退货已办完，没有要退的款。"
            : $"退款 {YuanText.Of(refunded)}{(sale.Deduction.IsZero ? "" : $"，扣除 {YuanText.Of(sale.Deduction)}")}，已核定，原路退回；到账后显示在订单进度里。",
        AfterSaleState.Done => "已办完。",
        AfterSaleState.Declined => "没有同意，原因见下。",
        AfterSaleState.Withdrawn => "已撤销，订单照旧。",
    };
}
