namespace HaoSuan.Leases;

/// <summary>The consumer ends the lease and sends the device back: months that begin after today are not billed, if it comes in time.</summary>
public sealed class AnnounceReturn(LeaseBook book, LeaseMoney money)
{
    public Task<Result<Done>> RunAsync(LeaseId id, CancellationToken cancel = default) => book.OnAsync(id, async lease =>
    {
        if (book.Refuse(lease, new LeaseEvent.ReturnAnnounced()) is { } refused) return refused;
        lease.EndsOn = book.Today;
        await money.BillMonthsAsync(lease, book.Today, cancel);
        _ = book.Move(lease, new LeaseEvent.ReturnAnnounced());
        book.Publish(new LeaseReturnAnnounced(lease.Id, lease.LeaseNo, lease.Serial));
        return default(Done);
    }, cancel);

    /// <summary>The consumer keeps the device after all: what has begun meanwhile is billed.</summary>
    public Task<Result<Done>> WithdrawAsync(LeaseId id, CancellationToken cancel = default) =>
        book.OnAsync(id, lease => KeepAsync(lease, new LeaseEvent.ReturnWithdrawn(), cancel), cancel);

    /// <summary>It has not come in time, so that it is kept as if nothing had been announced.</summary>
    internal Task<Result<Done>> LapseAsync(LeaseRow lease, CancellationToken cancel) =>
        KeepAsync(lease, new LeaseEvent.ReturnLapsed(book.EndOf(lease.EndsOn!.Value.AddDays(LeaseLife.DaysToSend))), cancel);      // it was announced on a day

    private async Task<Result<Done>> KeepAsync(LeaseRow lease, LeaseEvent what, CancellationToken cancel)
    {
        if (book.Move(lease, what) is { } refused) return refused;
        lease.EndsOn = null;
        await money.BillMonthsAsync(lease, book.Today, cancel);
        return await book.GoOnAsync(lease, cancel) is { } stuck ? stuck : default(Done);
    }
}
