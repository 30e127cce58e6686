using HaoSuan.Upstreams;

namespace HaoSuan.Orders;

/// <summary>The upstream's answer to a withdrawal decides: the order is closed, or goes on as if nothing had been asked.</summary>
internal sealed class TakeWithdrawal(Db db, Facts facts, Outbox outbox, TimeProvider time) : IFollow<OrderWithdrawn>, IFollow<WithdrawalRefused>
{
    public async Task FollowAsync(OrderWithdrawn told, CancellationToken cancel)
    {
        var asked = await db.Facts.AsNoTracking().SingleAsync(
            f => f.OrderId == told.OrderId && f.Kind == Withdrawing.Asked && f.SourceId == told.Withdrawal, cancel);
        await facts.RecordAsync(
            new(told.OrderId, "closed", time.Now, told.Source, told.Withdrawal, Attributes: asked.ReadAttributes()), cancel);
    }

    public Task FollowAsync(WithdrawalRefused told, CancellationToken cancel) => db.InTransaction(async () =>
    {
        var attributes = new Dictionary<string, string> { ["message"] = told.Reason };
        if (!await facts.RecordAsync(new(told.OrderId, Withdrawing.Refused, time.Now, told.Source, told.Withdrawal, Attributes: attributes), cancel))
            return;
        var order = await db.Orders.AsNoTracking().SingleAsync(o => o.Id == told.OrderId, cancel);
        outbox.Publish(new CancellationRefused(order.Id, order.OrderNo, order.Seller, told.Reason));
        await db.SaveChangesAsync(cancel);
    }, cancel);
}
