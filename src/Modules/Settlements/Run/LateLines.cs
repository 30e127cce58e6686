using HaoSuan.Ledger;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>
/// Notes which lines are booked for something that was earned in a closed month (补记). It stands beside the entry for good: what
/// is learned later, even about when something was earned, changes no statement of a closed month.
/// </summary>
internal sealed class LateLines(Db db, Books books, TenantScope tenant)
{
    /// <param name="settlements">What was posted.</param>
    /// <param name="entries">The ids of their entries, in the order of those that have one.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task NoteAsync(IReadOnlyList<Settlement> settlements, IReadOnlyList<long> entries, CancellationToken cancel)
    {
        if (entries.Count == 0 || await books.ClosedThroughAsync(cancel) is not { } closed) return;
        var open = tenant.Zone.StartOf((closed + 1).First);
        foreach (var (settlement, entry) in settlements.Where(s => s.Entry is not null).Zip(entries))
        {
            if (!Concerns(settlement, open)) continue;
            Add(closed, entry, Changes(settlement.Deltas, settlement.Lines, settlement.Before.Lines)
                .Concat(settlement.Stages.Select(s => Upstream(s, s.Upstream)))
                .Concat(settlement.Before.Stages.Select(s => Upstream(s, -s.Upstream))));
        }
    }

    /// <summary>The same for the bonuses of a distributor.</summary>
    public async Task NoteAsync(
        long entry, IReadOnlyList<Delta> deltas, IReadOnlyList<Line> target, IReadOnlyList<Line> booked, CancellationToken cancel)
    {
        if (await books.ClosedThroughAsync(cancel) is { } closed) Add(closed, entry, Changes(deltas, target, booked));
    }

    // Most of what is settled was earned since: it is not looked at any further.
    private static bool Concerns(Settlement settlement, Instant open) =>
        settlement.Lines.Concat(settlement.Before.Lines).Any(l => l.EarnedAt < open)
        || settlement.Stages.Concat(settlement.Before.Stages).Any(s => s.EarnedAt < open);

    private void Add(Month closed, long entry, IEnumerable<Change> changes) => db.AddRange(
        from change in changes
        group change by (change.Stage, change.Instance) into all
        let month = Month.Of(tenant.Zone.DateOf(all.First().EarnedAt))
        let upstream = all.Aggregate(Money.Zero, (sum, c) => sum + c.Upstream)
        let commission = all.Aggregate(Money.Zero, (sum, c) => sum + c.Commission)
        where month <= closed && !(upstream.IsZero && commission.IsZero)
        select new LateRow
        {
            EntryId = entry,
            Stage = all.Key.Stage,
            Instance = all.Key.Instance,
            Month = month,
            Upstream = upstream,
            Commission = commission,
        });

    // What is taken back was earned when it was booked.
    private static IEnumerable<Change> Changes(IReadOnlyList<Delta> deltas, IReadOnlyList<Line> target, IReadOnlyList<Line> booked) =>
        from delta in deltas
        let line = target.Concat(booked).First(l => l.Key == delta.Key)
        select new Change(delta.Key.Stage, delta.Key.Instance, line.EarnedAt, Money.Zero, delta.Amount);

    private static Change Upstream(BookedStage stage, Money amount) => new(stage.Stage, stage.Instance, stage.EarnedAt, amount, Money.Zero);

    private sealed record Change(string Stage, string Instance, Instant EarnedAt, Money Upstream, Money Commission);
}
