using HaoSuan.Orders;

namespace HaoSuan.Outlook;

/// <summary>What has become known about an order may open a deadline, so the order is due for a look.</summary>
internal sealed class MarkOrder(Db db, TimeProvider time) : IFollow<FactRecorded>, IFollow<OrderConfirmed>
{
    public Task FollowAsync(FactRecorded happened, CancellationToken cancel) => MarkAsync(happened.OrderId, cancel);

    public Task FollowAsync(OrderConfirmed happened, CancellationToken cancel) => MarkAsync(happened.OrderId, cancel);

    private Task MarkAsync(OrderId order, CancellationToken cancel) =>
        db.InTransaction(() => LookSet.Put.RunAsync(db, [new() { OrderId = order, DueAt = time.Now }], cancel), cancel);
}
