using HaoSuan.Inventory;
using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>The card from our stock goes where the facts say that the order is.</summary>
internal sealed class MoveCard(Db db, Cards cards) : IFollow<FactRecorded>
{
    public static bool MayMove(FactRecorded happened) =>
        happened.Kind is "delivered" or FactKind.Activated or "rejected" or "refused" or "returned" or FactKind.Void;

    public async Task FollowAsync(FactRecorded happened, CancellationToken cancel)
    {
        if (await cards.OfOrderAsync(happened.OrderId, cancel) is not { } card) return;
        var order = await db.Orders.AsNoTracking().SingleAsync(o => o.Id == happened.OrderId, cancel);
        CardState? to = order.State switch
        {
            OrderState.Delivered => CardState.Delivered,
            OrderState.Activated => CardState.Activated,
            OrderState.Returned => CardState.Returned,
            OrderState.AwaitingPayment or OrderState.Confirmed or OrderState.Submitted or OrderState.Cancelling or OrderState.Shipped
                or OrderState.Closed or OrderState.Failed => null,
        };
        if (to == CardState.Activated && await OtherAsync(order, card.Iccid, cancel)) return;
        // A refused move is a report that came late: the card is further already.
        if (to is { } state) await cards.MoveAsync(card.Iccid, state, happened.Kind, cancel);
    }

    /// <summary>It was another card that went into service: this one is where it was.</summary>
    private async Task<bool> OtherAsync(OrderRow order, string iccid, CancellationToken cancel)
    {
        var known = FactReading.History(order, await db.Facts.AsNoTracking().Where(f => f.OrderId == order.Id).ToListAsync(cancel)).KnownAt(Instant.MaxValue);
        return known.LastOrDefault(f => f.Kind == FactKind.Activated)?.Attribute("iccid")?.Text is { } told && !Identities.SameIccid(told, iccid);
    }
}
