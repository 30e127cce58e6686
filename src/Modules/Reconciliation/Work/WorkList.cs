using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Reconciliation;

/// <summary>The differences of all sheets that wait for a person (差异工作台). What is equal is confirmed sheet by sheet and does not stand here.</summary>
public sealed class WorkList(Db db, TimeProvider time)
{
    /// <summary>The last day of each age but the last, which has none.</summary>
    public static readonly IReadOnlyList<int> Ages = [7, 30, 60];

    public async Task<IReadOnlyList<WorkItem>> ListAsync(WorkFilter filter, WorkOrder order, int skip, int take, CancellationToken cancel = default)
    {
        var sheets = db.Sheets;
        var items = from difference in Of(filter).AsNoTracking()
                    join sheet in sheets on difference.SheetId equals sheet.Id
                    select new { Row = difference, sheet.UpstreamId, SheetPeriod = sheet.Period, sheet.OpenedAt };
        var sorted = order == WorkOrder.Amount
            ? items.OrderByDescending(i => Math.Abs(i.Row.Effect.Minor)).ThenBy(i => i.OpenedAt)
            : items.OrderBy(i => i.OpenedAt).ThenByDescending(i => Math.Abs(i.Row.Effect.Minor));
        var page = await sorted.ThenBy(i => i.Row.SheetId).ThenBy(i => i.Row.Number).Skip(skip).Take(take).ToListAsync(cancel);
        return [.. page.Select(i => new WorkItem(i.Row.SheetId, i.UpstreamId, i.SheetPeriod, i.OpenedAt!.Value, ReconSheets.ViewOf(i.Row)))];
    }

    public async Task<WorkSum> SumAsync(WorkFilter filter, CancellationToken cancel = default) => await Of(filter).GroupBy(_ => 1)
        .Select(g => new { Count = g.Count(), Effect = g.Sum(d => d.Effect.Minor), Size = g.Sum(d => Math.Abs(d.Effect.Minor)) })
        .FirstOrDefaultAsync(cancel) is { } sum ? new(sum.Count, new(sum.Effect), new(sum.Size)) : default;

    /// <summary>Everything that waits, by class and age, with the tie-out of the sheets that it is in.</summary>
    public Task<WorkSummary> SummaryAsync(CancellationToken cancel = default) => db.InSnapshot(async () =>
    {
        var groups = await Of(new()).GroupBy(d => new { d.SheetId, d.Class, d.Status, IsNobodys = d.Owner == null }).Select(g => new
        {
            g.Key.SheetId,
            g.Key.Class,
            g.Key.Status,
            g.Key.IsNobodys,
            Count = g.Count(),
            Effect = g.Sum(d => d.Effect.Minor),
            Size = g.Sum(d => Math.Abs(d.Effect.Minor)),
        }).ToListAsync(cancel);
        var ids = groups.Select(g => g.SheetId).Distinct().ToList();
        var sheets = await db.Sheets.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancel);
        var decided = await db.Differences
            .Where(d => ids.Contains(d.SheetId) && d.Class != Difference.Matched && d.Status != DifferenceStatus.Open
                && d.Status != DifferenceStatus.Disputed && d.Status != DifferenceStatus.Held)
            .SumAsync(d => d.Effect.Minor, cancel);
        var now = time.Now;
        var rows = groups.GroupBy(g => g.Class).OrderBy(g => g.Key).Select(ofClass => new WorkRow(ofClass.Key,
            [.. Enumerable.Range(0, Ages.Count + 1).Select(age => ofClass.Where(g => AgeOf(sheets[g.SheetId], now) == age)
                .Aggregate(default(WorkSum), (sum, g) => sum + new WorkSum(g.Count, new(g.Effect), new(g.Size))))]));
        return new WorkSummary(
            [.. rows], groups.Where(g => g.Status == DifferenceStatus.Disputed).Sum(g => g.Count),
            groups.Where(g => g.Status == DifferenceStatus.Held).Sum(g => g.Count), groups.Where(g => g.IsNobodys).Sum(g => g.Count),
            sheets.Values.Aggregate(Money.Zero, (sum, s) => sum + s.ExpectedTotal), new(decided),
            sheets.Values.Aggregate(Money.Zero, (sum, s) => sum + s.SheetTotal));
    }, cancel);

    /// <summary>Who has any of it.</summary>
    public async Task<IReadOnlyList<string>> OwnersAsync(CancellationToken cancel = default) =>
        await Of(new()).Where(d => d.Owner != null).Select(d => d.Owner!).Distinct().OrderBy(o => o).ToListAsync(cancel);

    /// <summary>The sheets of what the list shows, in the order in which they are locked.</summary>
    internal async Task<IReadOnlyList<SheetId>> SheetsAsync(WorkFilter filter, CancellationToken cancel) =>
        [.. (await Of(filter).Select(d => d.SheetId).Distinct().ToListAsync(cancel)).OrderBy(id => id.Value)];

    internal IQueryable<DifferenceRow> Of(WorkFilter filter)
    {
        var rows = db.Differences.Where(d => d.Class != Difference.Matched
            && (d.Status == DifferenceStatus.Open || d.Status == DifferenceStatus.Disputed || d.Status == DifferenceStatus.Held));
        if (filter.Status is { } status) rows = rows.Where(d => d.Status == status);
        if (filter.Class is { } difference) rows = rows.Where(d => d.Class == difference);
        if (filter.Owner is { } owner) rows = owner.Length == 0 ? rows.Where(d => d.Owner == null) : rows.Where(d => d.Owner == owner);
        if (filter.AtLeast is { Minor: var least }) rows = rows.Where(d => Math.Abs(d.Effect.Minor) >= least);
        if (filter.Text?.Trim().ToUpperInvariant() is { Length: > 0 } text) rows = rows.Where(d => d.OrderNo == text || d.Reference == text);
        if (filter.Upstream is null && filter.OlderThan is null) return rows;
        var sheets = db.Sheets.Where(s => s.State != SheetState.Draft);
        if (filter.Upstream is { } upstream) sheets = sheets.Where(s => s.UpstreamId == upstream);
        if (filter.OlderThan is { } days)
        {
            var before = time.Now - TimeSpan.FromDays(days);
            sheets = sheets.Where(s => s.OpenedAt < before);
        }
        return rows.Where(d => sheets.Any(s => s.Id == d.SheetId));
    }

    private static int AgeOf(SheetRow sheet, Instant now)
    {
        var days = (now - sheet.OpenedAt!.Value).TotalDays;
        return Ages.Count(last => days > last);
    }
}
