namespace HaoSuan.Leases;

/// <summary>Staff gives up what a consumer still owes at the end of a lease.</summary>
public sealed class WriteOffLease(LeaseBook book, LeaseMoney money, Audit audit)
{
    public Task<Result<Done>> RunAsync(LeaseId id, string? reason, CancellationToken cancel = default) => book.OnAsync(id, async lease =>
    {
        if (!Reasons.Read(reason).TryGet(out var words, out var faults)) return faults.ToList();
        if (book.Refuse(lease, new LeaseEvent.Settled()) is { } refused) return refused;
        var open = await book.OwedAsync(lease, cancel);
        audit.Record("lease.written_off", $"lease:{id.Value}", $"{open.Aggregate(Money.Zero, (sum, b) => sum + b.Left)}: {words}");
        await money.WriteOffAsync(lease, open, cancel);
        _ = book.Move(lease, new LeaseEvent.Settled(), words);
        return default(Done);
    }, cancel);
}
