using HaoSuan.Notifications;

namespace HaoSuan.Orders;

/// <summary>Who is told of an after-sale: operations what is to be handled and sent, finance what is to be refunded, the seller how it ended.</summary>
internal static class AfterSaleNews
{
    public static Notification? Of(AfterSaleMoved moved)
    {
        var office = $"/office/orders/{moved.OrderId.Value}";
        var kind = new NotificationValue(Key: $"orders.after_sale_{moved.Kind}".ToLowerInvariant());
        var seller = new Audience.Distributor(moved.Seller);
        var agent = $"/agent/orders/{moved.OrderId.Value}";
        return moved.State switch
        {
            AfterSaleState.Asked => new(
                new Audience.Staff(Policies.Operations, moved.By), "orders.told_after_sale_asked", office, moved.OrderNo, kind),
            AfterSaleState.Agreed when moved.Kind != AfterSaleKind.Return => new(
                new Audience.Staff(Policies.Operations, moved.By), "orders.told_after_sale_to_send", office, moved.OrderNo, kind),
            AfterSaleState.Back => new(new Audience.Staff(Policies.Finance, moved.By), "orders.told_after_sale_to_refund", office, moved.OrderNo),
            AfterSaleState.Done => new(seller, "orders.told_after_sale_done", agent, moved.OrderNo, kind),
            AfterSaleState.Declined => new(seller, "orders.told_after_sale_declined", agent, moved.OrderNo, kind),
            AfterSaleState.Agreed or AfterSaleState.Sent or AfterSaleState.Withdrawn => null,
        };
    }
}
