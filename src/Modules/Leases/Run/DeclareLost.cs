namespace HaoSuan.Leases;

/// <summary>The device does not come back: its price of the month is charged, and the lease ends.</summary>
public sealed class DeclareLost(LeaseBook book, LeaseMoney money, Audit audit)
{
    public Task<Result<Done>> RunAsync(LeaseId id, string? reason, CancellationToken cancel = default) => book.OnAsync(id, async lease =>
    {
        if (!Reasons.Read(reason).TryGet(out var words, out var faults)) return faults.ToList();
        if (book.Refuse(lease, new LeaseEvent.DeclaredLost(false)) is { } refused) return refused;
        lease.EndsOn ??= book.Today;
        await money.BillMonthsAsync(lease, lease.EndsOn.Value, cancel);
        var terms = lease.ReadTerms();
        var month = BillingCalendar.BegunBy(lease.ContractDay!.Value, lease.EndsOn.Value);      // a lease that runs has begun
        await money.IssueAsync(
            lease, LeaseBillKind.Lost, terms.BuyOutIn(month), $"设备 {lease.Serial} 未归还，按第 {month} 个月买断价", book.Today.AddDays(terms.GraceDays), cancel);
        var owes = await money.CloseAsync(lease, cancel);
        _ = book.Move(lease, new LeaseEvent.DeclaredLost(owes), words);
        audit.Record("lease.lost", $"lease:{id.Value}", words);
        return await book.MoveDeviceAsync(lease, DeviceState.Lost, words, cancel) is { } stuck ? stuck : default(Done);
    }, cancel);
}
