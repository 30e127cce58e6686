using HaoSuan.Ledger;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>
/// Bonuses (阶梯奖励) span orders: for each month that is due, the difference between what its cards are worth and what is booked is
/// posted. One month is one transaction.
/// </summary>
internal sealed class SettleBonuses(Db db, BonusTargets targets, Journal journal, LateLines late, RunParts parts)
{
    private readonly PostingNames _names = new();

    public async Task RunAsync(RunId run, Instant asOf, CancellationToken cancel)
    {
        var due = await db.BonusMonths.Where(m => m.NextDueAt <= asOf).OrderBy(m => m.Month).Select(m => m.Month).ToListAsync(cancel);
        foreach (var month in due) await db.InTransaction(() => MonthAsync(run, month, asOf, cancel), cancel);
    }

    private async Task MonthAsync(RunId run, Month month, Instant asOf, CancellationToken cancel)
    {
        var row = await db.BonusMonths.AsNoTracking().Where(m => m.Month == month).ForUpdate().SingleAsync(cancel);
        if (row.NextDueAt is null || row.NextDueAt > asOf || row.AsOf > asOf) return;
        var target = await targets.OfAsync(month, asOf, cancel);
        var booked = await db.BonusLines.AsNoTracking().Where(b => b.Month == month).ToListAsync(cancel);
        var deltas = Delta.Between(target, [.. booked.Select(b => b.ToLine())]);
        await db.BonusLines.Where(b => b.Month == month).ExecuteDeleteAsync(cancel);
        await Bulk.BonusLines.RunAsync(db, target.ConvertAll(line => BonusLineRow.Of(month, line)), cancel);
        await NoteAsync(row, asOf, NextDue(target, asOf), cancel);
        var groups = deltas.GroupBy(d => d.Distributor).Select(g => g.ToList()).ToList();
        var ids = await PostAsync(run, row, asOf, groups, cancel);
        List<Line> before = [.. booked.Select(b => b.ToLine())];
        foreach (var (of, entry) in groups.Zip(ids)) await late.NoteAsync(entry, of, target, before, cancel);
    }

    private Task<int> NoteAsync(BonusMonthRow row, Instant asOf, Instant? nextDue, CancellationToken cancel) =>
        db.BonusMonths.Where(m => m.Month == row.Month).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.AsOf, asOf).SetProperty(m => m.NextDueAt, nextDue)
            .SetProperty(m => m.SettleCount, row.SettleCount + 1), cancel);

    private async Task<IReadOnlyList<long>> PostAsync(
        RunId run, BonusMonthRow row, Instant asOf, List<List<Delta>> groups, CancellationToken cancel)
    {
        if (groups.Count == 0) return [];
        var entries = groups.ConvertAll(g => JournalEntries.OfBonus(g[0].Distributor, row.Month, row.SettleCount + 1, g, asOf, _names));
        var ids = await journal.PostAsync(entries, cancel);
        parts.Add(run, ids, new(0, 0, Money.Zero, Money.Zero, Delta.Sum(groups.SelectMany(g => g))));
        return ids;
    }

    private static Instant? NextDue(List<Line> target, Instant asOf) =>
        target.Where(line => line.ReleasesAt > asOf).Min(line => line.ReleasesAt);
}
