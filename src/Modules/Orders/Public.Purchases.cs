namespace HaoSuan.Orders;

/// <summary>How much can go wrong with a use (风险等级).</summary>
public enum UseRisk
{
    Low,
    Medium,
    High,
}

/// <summary>
/// Cards for devices that were bought at once (物联网卡采购): an order for each card, since a card has its own network state and its own
/// commission. None goes to the upstream before the operator has assessed the use (反电信网络诈骗法 §12).
/// </summary>
/// <param name="Company">Null where a person buys for himself.</param>
/// <param name="Limits">What the cards are limited to; null until it is assessed.</param>
public sealed record Purchase(
    Guid Id, string? Company, string? CreditCode, string Use, int Quantity, Instant At, UseRisk? Risk, string? Limits, Instant? AssessedAt,
    string? AssessedBy, IReadOnlyList<PurchasedCard> Cards);

/// <summary>One card of a purchase.</summary>
public sealed record PurchasedCard(OrderId Id, string OrderNo, OrderState State, string? Iccid);

/// <summary>The use of an order's card was assessed: it may go to its upstream.</summary>
public sealed record UseAssessed(OrderId OrderId) : IEvent;
