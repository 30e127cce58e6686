namespace HaoSuan.Leases;

/// <summary>Staff lets the deposit pay for a bill that is overdue, as far as it goes.</summary>
public sealed class OffsetFromDeposit(Db db, LeaseBook book, LeaseMoney money, Audit audit)
{
    public Task<Result<Done>> RunAsync(LeaseId id, int number, CancellationToken cancel = default) => book.OnAsync(id, async lease =>
    {
        var bill = await db.LeaseBills.FirstOrDefaultAsync(b => b.LeaseId == id && b.Number == number, cancel);
        if (bill is not { State: LeaseBillState.Open, Overdue: true }) return new Refusal("leases.bill_not_overdue", number);
        if (lease.Deposit.IsZero) return new Refusal("leases.no_deposit_left");
        var before = lease.Deposit;
        await money.OffsetAsync(lease, [bill], cancel);
        audit.Record("lease.offset", $"lease:{id.Value}", $"{number}: {before - lease.Deposit}");
        return await book.GoOnAsync(lease, cancel) is { } refused ? refused : default(Done);
    }, cancel);
}
