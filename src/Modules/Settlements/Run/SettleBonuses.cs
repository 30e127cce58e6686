using HaoSuan.Ledger;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>
/// Bonuses (阶梯奖励) span orders: for each month that is due the cards are counted from the settled orders, and the difference
/// between what they are worth and what is booked is posted. One month is one transaction.
/// </summary>
internal sealed class SettleBonuses(Db db, BonusTargets targets, Journal journal, WriteSettlements write)
{
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
        var instance = month.ToString();
        var booked = await db.Booked.AsNoTracking().Where(b => b.OrderId == default && b.Instance == instance).ToListAsync(cancel);
        var deltas = Delta.Between(target, [.. booked.Select(b => b.ToLine())]);
        await ReplaceAsync(instance, target, cancel);
        await NoteAsync(row, asOf, NextDue(target, asOf), cancel);
        await PostAsync(run, row, asOf, deltas, cancel);
    }

    private async Task ReplaceAsync(string instance, List<Line> target, CancellationToken cancel)
    {
        await db.Booked.Where(b => b.OrderId == default && b.Instance == instance).ExecuteDeleteAsync(cancel);
        await Bulk.Booked.RunAsync(db, [.. target.Select(LineRows.ToBooked)], cancel);
    }

    private Task<int> NoteAsync(BonusMonthRow row, Instant asOf, Instant? nextDue, CancellationToken cancel) =>
        db.BonusMonths.Where(m => m.Month == row.Month).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.AsOf, asOf).SetProperty(m => m.NextDueAt, nextDue)
            .SetProperty(m => m.SettleCount, row.SettleCount + 1), cancel);

    private async Task PostAsync(RunId run, BonusMonthRow row, Instant asOf, List<Delta> deltas, CancellationToken cancel)
    {
        var entries = deltas.GroupBy(d => d.Distributor)
            .Select(g => (Entry: JournalEntries.OfBonus(g.Key, row.Month, row.SettleCount + 1, [.. g], asOf), Deltas: (IReadOnlyList<Delta>)[.. g]))
            .ToList();
        if (entries.Count == 0) return;
        var numbers = await journal.PostAsync([.. entries.Select(e => e.Entry)], cancel);
        await write.LinesAsync(run, asOf, entries.Select((e, i) => (numbers[i], e.Deltas)), cancel);
        await write.AddToRunAsync(run, new(0, 0, entries.Count, Money.Zero, Money.Zero, Delta.Sum(deltas)), cancel);
    }

    private static Instant? NextDue(List<Line> target, Instant asOf) =>
        target.Where(line => line.ReleasesAt > asOf).Min(line => line.ReleasesAt);
}
