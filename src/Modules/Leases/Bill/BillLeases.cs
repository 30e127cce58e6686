namespace HaoSuan.Leases;

/// <summary>
/// Bills the months that have begun, also of leases whose return was announced and not made in time, and finds what was not paid in time: the lease is
/// overdue then, whoever should know is told, and a late fee is billed where the contract states one. However often it runs, a month is billed once
/// and is late once.
/// </summary>
internal sealed class BillLeases(Db db, LeaseBook book, LeaseMoney money, AnnounceReturn returns) : IRecurring
{
    public async Task RunAsync(CancellationToken cancel)
    {
        var (today, announced) = ((DateOnly?)book.Today, (DateOnly?)book.Today.AddDays(-LeaseLife.DaysToSend));
        List<Exception> failures = [];

        var gone = await db.Leases.Where(l => l.State == LeaseState.Returning && l.EndsOn < announced).Select(l => l.Id).ToListAsync(cancel);
        failures.AddRange(await book.OnEachAsync(gone, lease => returns.LapseAsync(lease, cancel), cancel));

        var due = await db.Leases.Where(l => l.NextBillOn <= today).OrderBy(l => l.NextBillOn).Select(l => l.Id).ToListAsync(cancel);
        failures.AddRange(await book.OnEachAsync(due, lease => BillAsync(lease, cancel), cancel));

        var leases = db.Leases.Where(l => l.State == LeaseState.Active || l.State == LeaseState.Overdue);
        var late = await db.LeaseBills.Where(b => b.State == LeaseBillState.Open && b.Due < today && !b.Overdue)
            .Join(leases, b => b.LeaseId, l => l.Id, (b, l) => l.Id).Distinct().ToListAsync(cancel);
        failures.AddRange(await book.OnEachAsync(late, lease => FallOverdueAsync(lease, cancel), cancel));

        if (failures.Count > 0) throw new AggregateException(failures);
    }

    private async Task<Result<Done>> BillAsync(LeaseRow lease, CancellationToken cancel)
    {
        if (LeaseLife.IsRunning(lease.State)) await money.BillMonthsAsync(lease, book.Today, cancel);
        return default(Done);
    }

    private async Task<Result<Done>> FallOverdueAsync(LeaseRow lease, CancellationToken cancel)
    {
        var (terms, today) = (lease.ReadTerms(), book.Today);
        var open = await book.OwedAsync(lease, cancel);
        var late = open.FindAll(b => !b.Overdue && b.Due < today);
        if (late.Count == 0 || !LeaseLife.IsRunning(lease.State)) return default(Done);
        foreach (var bill in late)
        {
            bill.Overdue = true;
            if (bill.Kind == LeaseBillKind.Monthly)
                await money.IssueAsync(lease, LeaseBillKind.LateFee, terms.LateFee, $"{bill.Text}滞纳金", today.AddDays(terms.GraceDays), cancel);
        }
        book.Publish(new LeaseFellOverdue(
            lease.Id, lease.LeaseNo, lease.Seller, open.Aggregate(Money.Zero, (sum, b) => sum + b.Left), late.Min(b => b.Due), book.Now));
        return await book.GoOnAsync(lease, cancel) is { } stuck ? stuck : default(Done);
    }
}
