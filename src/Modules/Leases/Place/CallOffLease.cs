namespace HaoSuan.Leases;

/// <summary>Calls off a lease before the device is handed over: it is free again, and what was paid goes back.</summary>
public sealed class CallOffLease(Db db, LeaseBook book, LeaseMoney money, Audit audit)
{
    // The channel shows it with the refund.
    private const int LongestReason = 80;

    public Task<Result<Done>> RunAsync(LeaseId id, string? reason, CancellationToken cancel = default) => book.OnAsync(id, async lease =>
    {
        if (!Reasons.Read(reason, LongestReason).TryGet(out var words, out var faults)) return faults.ToList();
        audit.Record("lease.called_off", $"lease:{id.Value}", words);
        return await EndAsync(lease, new LeaseEvent.CalledOff(), words, cancel) is { } refused ? refused : default(Done);
    }, cancel);

    internal async Task<Refusal?> EndAsync(LeaseRow lease, LeaseEvent what, string reason, CancellationToken cancel)
    {
        var wasPaid = lease.State == LeaseState.ToShip;
        if (book.Move(lease, what, reason) is { } refused) return refused;
        var first = await db.LeaseBills.SingleAsync(b => b.LeaseId == lease.Id && b.Kind == LeaseBillKind.First, cancel);
        if (wasPaid) await money.UndoAsync(lease, first, reason, cancel);
        else first.State = LeaseBillState.Lapsed;
        return await book.MoveDeviceAsync(lease, DeviceState.InStock, reason, cancel);
    }
}
