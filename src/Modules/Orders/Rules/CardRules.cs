using HaoSuan.Inventory;

namespace HaoSuan.Orders;

/// <summary>Where the card of an order has to be.</summary>
internal static class CardRules
{
    /// <param name="card">Of a card that is with an order and on its way.</param>
    /// <param name="order">Of that order; null: there is none.</param>
    public static bool Agree(CardState card, OrderState? order) => card switch
    {
        CardState.Allocated => order is OrderState.Confirmed or OrderState.Submitted or OrderState.Cancelling,
        CardState.Shipped => order is OrderState.Shipped,
        CardState.Delivered => order is OrderState.Delivered,
        _ => true,
    };
}
