using HaoSuan.Notifications;

namespace HaoSuan.Orders;

/// <summary>Who is told of an after-sale: operations what is to be handled and sent, finance what is to be refunded, the seller how it ended.</summary>
internal static class AfterSaleNews
{
    private const string ToHandle = "orders.told_after_sale_asked";
    private const string ToSend = "orders.told_after_sale_to_send";
    private const string ToRefund = "orders.told_after_sale_to_refund";

    /// <summary>Whoever had to do the step before need not any more.</summary>
    public static Handled Done(AfterSaleMoved moved)
    {
        var next = Of(moved)?.Text;
        return new(Office(moved), [.. new[] { ToHandle, ToSend, ToRefund }.Where(t => t != next)]);
    }

    public static Notification? Of(AfterSaleMoved moved)
    {
        var office = Office(moved);
        var kind = new NotificationValue(Key: $"orders.after_sale_{moved.Kind}".ToLowerInvariant());
        var seller = new Audience.Distributor(moved.Seller);
        var agent = $"/agent/orders/{moved.OrderId.Value}";
        return moved.State switch
        {
            AfterSaleState.Asked => new(
                new Audience.Staff(Policies.Operations, moved.By), ToHandle, office, moved.OrderNo, kind),
            AfterSaleState.Agreed when moved.Kind != AfterSaleKind.Return => new(
                new Audience.Staff(Policies.Operations, moved.By), ToSend, office, moved.OrderNo, kind),
            AfterSaleState.Back => new(new Audience.Staff(Policies.Finance, moved.By), ToRefund, office, moved.OrderNo),
            AfterSaleState.Done => new(seller, "orders.told_after_sale_done", agent, moved.OrderNo, kind),
            AfterSaleState.Declined => new(seller, "orders.told_after_sale_declined", agent, moved.OrderNo, kind),
            AfterSaleState.Agreed or AfterSaleState.Sent or AfterSaleState.Withdrawn => null,
        };
    }

    private static string Office(AfterSaleMoved moved) => $"/office/orders/{moved.OrderId.Value}";
}
