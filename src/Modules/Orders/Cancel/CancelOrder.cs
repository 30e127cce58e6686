namespace HaoSuan.Orders;

/// <summary>Withdraws an order before it is shipped. What was paid goes back, number and card become free: see <see cref="EndOrder"/>.</summary>
public sealed class CancelOrder(Db db, Facts facts, Audit audit, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(OrderId id, string reason, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        if (reason.Trim().Length is 0 or > 100) return (Result<Done>)new Refusal("orders.reason_required").On("Reason");
        var state = await db.Orders.Where(o => o.Id == id).Select(o => (OrderState?)o.State).FirstOrDefaultAsync(cancel);
        if (state is null) return new Refusal("orders.unknown");
        if (state >= OrderState.Shipped) return new Refusal("orders.shipped_already");
        audit.Record("order.cancelled", $"order:{id.Value}", reason.Trim());
        await facts.RecordAsync(new(id, "closed", time.Now, "office", "closed", Attributes: new Dictionary<string, string>
        {
            ["reason"] = reason.Trim(),
        }), cancel);
        return default(Done);
    }, cancel);
}
