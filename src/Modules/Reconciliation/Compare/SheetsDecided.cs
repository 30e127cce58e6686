using HaoSuan.Ledger;

namespace HaoSuan.Reconciliation;

/// <summary>The sheets of the month and of all before it are matched, and every difference of theirs is decided.</summary>
internal sealed class SheetsDecided(Db db) : ICheckClosing
{
    public static ClosingStep Step => new("reconciliation.close_sheets", 40, WorkEndpoint.Address);

    public async Task<ClosingFinding> FindAsync(ClosingMonth month, CancellationToken cancel)
    {
        var (differences, decisions) = (db.Differences, db.Decisions);
        var sheets = db.Sheets.AsNoTracking().Where(s => s.Period <= month.Month);
        var open = await sheets.Where(s => s.State != SheetState.Closed).OrderBy(s => s.Period).ThenBy(s => s.UploadedAt).Select(s => new
        {
            s.Id,
            s.FileName,
            s.Period,
            s.State,
            Undecided = differences.Count(d => d.SheetId == s.Id && d.Status == DifferenceStatus.Open),
            Disputed = differences.Count(d => d.SheetId == s.Id && d.Status == DifferenceStatus.Disputed),
        }).ToListAsync(cancel);
        var ofMonth = sheets.Where(s => s.Period == month.Month).Select(s => s.Id);
        var last = await decisions.Where(d => ofMonth.Contains(d.SheetId)).OrderByDescending(d => d.DecidedAt)
            .Select(d => new { d.DecidedBy, d.DecidedAt }).FirstOrDefaultAsync(cancel);
        return new(
            [.. open.Select(s => new ClosingBlocker(
                s.State == SheetState.Draft
                    ? new Refusal("reconciliation.close_sheets_draft", s.FileName, s.Period)
                    : new Refusal("reconciliation.close_sheets_open", s.FileName, s.Period, s.Undecided, s.Disputed),
                SheetEndpoint.AddressOf(s.Id)))],
            last?.DecidedBy, last?.DecidedAt);
    }
}
