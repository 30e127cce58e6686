using HaoSuan.Settling.Outlook;

namespace HaoSuan.Outlook;

/// <summary>What is expected to be released to a distributor on which day (放款预测), as of when the orders were last watched.</summary>
public sealed class Expectations(Db db)
{
    /// <summary>Null where the orders were never watched.</summary>
    public async Task<Instant?> AsOfAsync(CancellationToken cancel = default) =>
        await db.Watched.Select(w => (Instant?)w.At).SingleOrDefaultAsync(cancel);

    /// <summary>Day by day. What awaits the upstream stands on the earliest day on which it can be released, which may be past.</summary>
    public async Task<IReadOnlyList<ForecastDay>> DaysAsync(DistributorId distributor, CancellationToken cancel = default)
    {
        var sums = await db.Expected.Where(e => e.DistributorId == distributor).GroupBy(e => new { e.Day, e.Certainty })
            .Select(g => new { g.Key.Day, g.Key.Certainty, Amount = g.Sum(e => e.Amount.Minor) }).ToListAsync(cancel);
        var orders = await db.Expected.Where(e => e.DistributorId == distributor).GroupBy(e => e.Day)
            .Select(g => new { Day = g.Key, Count = g.Select(e => e.OrderId).Distinct().Count() }).ToDictionaryAsync(g => g.Day, g => g.Count, cancel);
        var amounts = sums.ToDictionary(s => (s.Day, s.Certainty), s => new Money(s.Amount));
        return [.. orders.OrderBy(day => day.Key).Select(day => new ForecastDay(
            day.Key, amounts.GetValueOrDefault((day.Key, Certainty.Certain)), amounts.GetValueOrDefault((day.Key, Certainty.Expected)),
            amounts.GetValueOrDefault((day.Key, Certainty.AwaitsUpstream)), day.Value))];
    }

    /// <summary>The orders of a day, those with the most first.</summary>
    public async Task<IReadOnlyList<ExpectedRelease>> OfDayAsync(
        DistributorId distributor, DateOnly day, int skip, int take, CancellationToken cancel = default) =>
        [.. (await OfDay(distributor, day).AsNoTracking().OrderByDescending(e => e.Amount.Minor).ThenBy(e => e.OrderId).ThenBy(e => e.Stage)
            .ThenBy(e => e.Certainty).Skip(skip).Take(take).ToListAsync(cancel))
            .Select(e => new ExpectedRelease(e.OrderId, e.OrderNo, e.StageName, e.Certainty, e.Amount))];

    public Task<int> CountOfDayAsync(DistributorId distributor, DateOnly day, CancellationToken cancel = default) =>
        OfDay(distributor, day).CountAsync(cancel);

    private IQueryable<ExpectedRow> OfDay(DistributorId distributor, DateOnly day) =>
        db.Expected.Where(e => e.DistributorId == distributor && e.Day == day);
}
