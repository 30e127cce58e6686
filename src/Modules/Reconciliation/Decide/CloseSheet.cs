namespace HaoSuan.Reconciliation;

/// <summary>A sheet is closed (结清) with its last decision. Callers hold it locked and have saved what they decided.</summary>
public sealed class CloseSheet(Db db, Audit audit, TimeProvider time)
{
    internal async Task IfDecidedAsync(SheetRow sheet, CancellationToken cancel)
    {
        if (sheet.State != SheetState.Open) return;
        var waits = await db.Differences.AnyAsync(d => d.SheetId == sheet.Id
            && (d.Status == DifferenceStatus.Open || d.Status == DifferenceStatus.Disputed), cancel);
        if (waits) return;
        (sheet.State, sheet.ClosedAt) = (SheetState.Closed, time.Now);
        audit.Record("sheet.closed", $"sheet:{sheet.Id.Value}");
    }
}
