namespace HaoSuan.Payments;

/// <summary>Finance says what a difference is: it stays, and needs nobody any more.</summary>
public sealed class ExplainDifference(Db db, Audit audit, Actor actor, TimeProvider time)
{
    private const int Longest = 200;

    public Task<Result<Done>> RunAsync(Guid id, string? explanation, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        var words = explanation?.Trim() ?? "";
        if (words.Length is 0 or > Longest) return new Refusal("payments.explanation_length", Longest).On("explanation");
        var found = await db.DayDifferences.AsNoTracking().FirstOrDefaultAsync(d => d.Id == id, cancel);
        if (found is null) return new Refusal("payments.no_such_difference");
        // A check of the same day waits here.
        var day = await db.Days.Where(d => d.Channel == found.Channel && d.Day == found.Day).ForUpdate().SingleAsync(cancel);
        var all = await db.DayDifferences.Where(d => d.Channel == found.Channel && d.Day == found.Day).ToListAsync(cancel);
        var difference = all.Single(d => d.Id == id);
        (difference.Explanation, difference.ExplainedBy, difference.ExplainedAt) = (words, actor.Name, time.Now);
        audit.Record("payment.difference_explained", $"difference:{id}", $"{found.Channel} {found.Day:yyyy-MM-dd} {found.Class} {found.OurNo}");
        if (day.State == DayState.Differs && !all.Any(CheckDay.IsOpen)) day.State = DayState.Even;
        return default(Done);
    }, cancel);
}
