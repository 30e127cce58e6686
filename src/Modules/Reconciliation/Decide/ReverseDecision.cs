namespace HaoSuan.Reconciliation;

/// <summary>
/// Takes back the decision that stands about a difference (撤销处理): the counter-entry is booked, a confirmation is withdrawn from the order, and
/// the difference waits again as before. What was decided stays on record.
/// </summary>
public sealed class ReverseDecision(Db db, BookDecisions book, CloseSheet close)
{
    private const int LongestReason = 200;

    public Task<Result<Done>> RunAsync(DifferenceKey key, string reason, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        var words = reason.Trim();
        if (words.Length is 0 or > LongestReason) return new Refusal("reconciliation.reason_missing", LongestReason).On("reason");
        var sheet = await db.Sheets.Where(s => s.Id == key.Sheet).ForUpdate().FirstOrDefaultAsync(cancel);
        var difference = await db.Differences.FirstOrDefaultAsync(d => d.SheetId == key.Sheet && d.Number == key.Number, cancel);
        if (sheet is null || difference is null) return new Refusal("reconciliation.unknown_difference");
        if (!(await OfAsync(sheet, difference, cancel)).TryGet(out var reversal, out var refusals)) return refusals.ToList();
        await book.ReverseAsync(sheet, difference, reversal, words, cancel);
        await close.ReopenIfWaitingAsync(sheet, cancel);
        return default(Done);
    }, cancel);

    internal async Task<Result<Reversal>> OfAsync(SheetRow sheet, DifferenceRow difference, CancellationToken cancel)
    {
        var decisions = await db.Decisions.AsNoTracking().Where(d => d.SheetId == difference.SheetId && d.Number == difference.Number)
            .OrderBy(d => d.Sequence).ToListAsync(cancel);
        var decidedAt = decisions.Count == 0 ? Instant.MaxValue : decisions[^1].DecidedAt;
        // A decision of before it was kept what the difference was may be of the very sheet that expects the line again.
        var isExpectedAgain = decisions is [.., { StatusBefore: null }] || await db.Sheets.AnyAsync(
            s => s.UpstreamId == sheet.UpstreamId && s.Id != sheet.Id && s.OpenedAt >= decidedAt, cancel);
        return Reversal.Of(difference, decisions, sheet.UpstreamId, isExpectedAgain);
    }
}
