namespace HaoSuan.Orders;

/// <summary>
/// Cancels an order before it is shipped. Where its upstream may have it, the upstream is asked for it first and decides
/// (<see cref="WithdrawFromUpstream"/>). What was paid goes back, number and card become free: see <see cref="EndOrder"/>.
/// </summary>
public sealed class CancelOrder(Db db, Facts facts, Audit audit, TimeProvider time)
{
    /// <summary>Returns where the order stands then: closed, or cancelling until the upstream has answered.</summary>
    public Task<Result<OrderState>> RunAsync(OrderId id, string reason, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        if (reason.Trim().Length is 0 or > 100) return (Result<OrderState>)new Refusal("orders.reason_required").On("Reason");
        var order = await db.Orders.Where(o => o.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
        if (order is null) return new Refusal("orders.unknown");
        if (Refuse(order.State) is { } why) return new Refusal(why);
        audit.Record("order.cancelled", $"order:{id.Value}", reason.Trim());
        var known = await db.Facts.AsNoTracking().Where(f => f.OrderId == id).ToListAsync(cancel);
        var (kind, name) = order.State == OrderState.AwaitingPayment ? ("closed", "closed") : (Withdrawing.Asked, Withdrawing.Next(known));
        await facts.RecordAsync(new(id, kind, time.Now, "office", name, Attributes: new Dictionary<string, string>
        {
            ["reason"] = reason.Trim(),
        }), cancel);
        return order.State;
    }, cancel);

    private static string? Refuse(OrderState state) => state switch
    {
        OrderState.AwaitingPayment or OrderState.Confirmed or OrderState.Submitted => null,
        OrderState.Cancelling => "orders.cancelling_already",
        OrderState.Shipped or OrderState.Delivered or OrderState.Activated => "orders.shipped_already",
        OrderState.Closed or OrderState.Failed or OrderState.Returned => "orders.ended_already",
    };
}
