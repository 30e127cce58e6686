using HaoSuan.Inventory;

namespace HaoSuan.Orders;

/// <summary>Ships an order from our own stock: gives it a card, and tells the fact with courier and tracking number.</summary>
public sealed class ShipOrder(Db db, Cards cards, Purchases purchases, Facts facts, Audit audit, TimeProvider time)
{
    /// <summary>Ships the order with the next card of its product. Returns the card's ICCID.</summary>
    public Task<Result<string>> RunAsync(OrderId id, string courier, string trackingNo, CancellationToken cancel = default) =>
        db.InTransaction(() => ShipAsync(id, courier.Trim(), trackingNo.Trim().ToUpperInvariant(), cancel), cancel);

    private async Task<Result<string>> ShipAsync(OrderId id, string courier, string trackingNo, CancellationToken cancel)
    {
        if (Parcel.Faults(courier, trackingNo) is { Count: > 0 } faults) return faults.ToList();
        if (await db.Orders.Where(o => o.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { } order) return new Refusal("orders.unknown");
        if (order.State == OrderState.Cancelling) return new Refusal("orders.being_cancelled");
        if (order.State is not (OrderState.Confirmed or OrderState.Submitted)) return new Refusal("orders.not_to_be_shipped");
        if (await purchases.HoldsAsync(order.PurchaseId, cancel)) return new Refusal("orders.use_not_assessed");
        var card = await cards.AllocateAsync(id, order.ProductId, cancel);
        if (!card.TryGet(out var iccid, out var refusals)) return refusals.ToList();
        var moved = await cards.MoveAsync(iccid, CardState.Shipped, $"{courier} {trackingNo}", cancel);
        if (moved.IsRefused) return moved.Refusals.ToList();
        audit.Record("order.shipped", $"order:{id.Value}", iccid);
        await facts.RecordAsync(new(id, "shipped", time.Now, "stock", iccid, Attributes: new Dictionary<string, string>
        {
            ["iccid"] = iccid,
            ["courier"] = courier,
            ["tracking_no"] = trackingNo,
        }), cancel);
        return iccid;
    }
}
