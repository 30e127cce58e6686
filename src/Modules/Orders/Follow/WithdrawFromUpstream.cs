using HaoSuan.Upstreams;

namespace HaoSuan.Orders;

/// <summary>Asks the upstream for the order back, and again as long as it has not answered.</summary>
internal sealed class WithdrawFromUpstream(Db db, WithdrawOrder withdraw) : IFollow<FactRecorded>, IFollow<WithdrawalUnanswered>
{
    public Task FollowAsync(FactRecorded happened, CancellationToken cancel) => AskAsync(happened.OrderId, cancel);

    public Task FollowAsync(WithdrawalUnanswered happened, CancellationToken cancel) => AskAsync(happened.OrderId, cancel);

    private async Task AskAsync(OrderId id, CancellationToken cancel)
    {
        var facts = await db.Facts.AsNoTracking().Where(f => f.OrderId == id).ToListAsync(cancel);
        if (Withdrawing.Open(facts) is not { } asked) return;
        var order = await db.Orders.AsNoTracking().SingleAsync(o => o.Id == id, cancel);
        await withdraw.RunAsync(new(id, order.OrderNo, order.UpstreamId, asked.SourceId), cancel);
    }
}
