namespace HaoSuan.Exceptions;

/// <summary>Tells the department, its head among them, of cases past their deadline, and once more every day until they are dealt with.</summary>
internal sealed class TellOverdue(Db db, CaseSteps steps, Outbox outbox, TimeProvider time)
{
    private const int Most = 1000;
    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    public Task RunAsync(CancellationToken cancel) => db.InTransaction(async () =>
    {
        var (now, before) = (time.Now, time.Now - Again);
        var late = await db.Cases.Where(c => c.State == CaseState.Open && c.DueAt <= now && (c.OverdueToldAt == null || c.OverdueToldAt <= before))
            .OrderBy(c => c.DueAt).Take(Most).ForUpdate().ToListAsync(cancel);
        foreach (var row in late)
        {
            if (row.OverdueToldAt is null) steps.Add(row, CaseStep.Overdue);
            row.OverdueToldAt = now;
        }
        foreach (var ofKind in late.GroupBy(c => (c.Kind, c.Department)))
            outbox.Publish(new CasesOverdue(ofKind.Key.Kind, ofKind.Key.Department, ofKind.Count()));
    }, cancel);
}
