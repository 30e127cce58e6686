using HaoSuan.Inventory;
using HaoSuan.Payments;
using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>
/// After an order was withdrawn or refused: its number and its card become free, and what was paid goes back. Each of these
/// happens once, however often it is tried.
/// </summary>
internal sealed class EndOrder(Db db, Numbers numbers, Cards cards, RequestRefund refunds) : IFollow<FactRecorded>
{
    /// <summary>What closes an order or lets it fail, and money that comes too late.</summary>
    public static bool MayEnd(FactRecorded happened) => happened.Kind is "closed" or "rejected" or FactKind.Cancelled or "paid" or FactKind.Void;

    public async Task FollowAsync(FactRecorded happened, CancellationToken cancel)
    {
        var id = happened.OrderId;
        var order = await db.Orders.AsNoTracking().SingleAsync(o => o.Id == id, cancel);
        if (order.State is not (OrderState.Closed or OrderState.Failed)) return;
        await numbers.ReleaseAsync(id, cancel);
        if (await cards.OfOrderAsync(id, cancel) is { State: CardState.Allocated } card)
            await cards.MoveAsync(card.Iccid, CardState.InStock, order.OrderNo, cancel);
        if (order.Paid > Money.Zero) await refunds.RunAsync(id, order.State == OrderState.Closed ? "订单已取消" : "运营商审核未通过", "order-ended", cancel);
    }
}
