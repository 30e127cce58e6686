namespace HaoSuan.Reconciliation;

/// <summary>
/// A sheet is closed (结清) with its last decision, and open again when one is taken back. Callers hold it locked and have saved what they decided.
/// </summary>
public sealed class CloseSheet(Db db, Audit audit, TimeProvider time)
{
    internal async Task IfDecidedAsync(SheetRow sheet, CancellationToken cancel)
    {
        if (sheet.State != SheetState.Open || await WaitsAsync(sheet, cancel)) return;
        (sheet.State, sheet.ClosedAt) = (SheetState.Closed, time.Now);
        audit.Record("sheet.closed", $"sheet:{sheet.Id.Value}");
    }

    internal async Task ReopenIfWaitingAsync(SheetRow sheet, CancellationToken cancel)
    {
        if (sheet.State != SheetState.Closed || !await WaitsAsync(sheet, cancel)) return;
        (sheet.State, sheet.ClosedAt) = (SheetState.Open, null);
        audit.Record("sheet.reopened", $"sheet:{sheet.Id.Value}");
    }

    private Task<bool> WaitsAsync(SheetRow sheet, CancellationToken cancel) => db.Differences.AnyAsync(
        d => d.SheetId == sheet.Id && (d.Status == DifferenceStatus.Open || d.Status == DifferenceStatus.Disputed), cancel);
}
