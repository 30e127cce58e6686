using HaoSuan.Settling.Reconciling;

namespace HaoSuan.Reconciliation;

/// <summary>
/// Decides differences, one by one, a whole class of a sheet, or what the work list shows: books their effect, and tells the orders which
/// stages the upstream has confirmed. The last decision closes a sheet.
/// </summary>
public sealed class DecideDifferences(Db db, BookDecisions book, CloseSheet close, WorkList work, TenantScope tenant, TimeProvider time)
{
    private const int AtOnce = 200;
    private const int LongestNote = 200;
    private const int LongestOwner = 40;

    /// <summary>Decides these of a sheet, or none of them.</summary>
    public Task<Result<int>> RunAsync(SheetId id, IReadOnlyCollection<int> numbers, Decision decision, CancellationToken cancel = default) =>
        RunAsync([.. numbers.Select(n => new DifferenceKey(id, n))], decision, cancel);

    /// <summary>Decides these, of any sheets, or none of them.</summary>
    public Task<Result<int>> RunAsync(IReadOnlyCollection<DifferenceKey> chosen, Decision decision, CancellationToken cancel = default) =>
        db.InTransaction<Result<int>>(async () =>
        {
            if (chosen.Count == 0) return new Refusal("reconciliation.none_chosen");
            // In one order, so that two who decide about the same sheets wait for each other and not in a circle.
            foreach (var ofSheet in chosen.GroupBy(c => c.Sheet, c => c.Number).OrderBy(g => g.Key.Value))
            {
                if (!(await TheseAsync(ofSheet.Key, [.. ofSheet], decision, cancel)).TryGet(out _, out var refusals)) return refusals.ToList();
            }
            return chosen.Count;
        }, cancel);

    /// <summary>Decides all of a class that are undecided and to which the verdict applies; returns how many.</summary>
    public Task<Result<int>> RunAsync(SheetId id, Difference difference, Decision decision, CancellationToken cancel = default) =>
        AllAsync(id, db.Differences.Where(d => d.Class == difference && (d.Status == DifferenceStatus.Open || d.Status == DifferenceStatus.Disputed)),
            decision, null, cancel);

    /// <summary>Decides everything that the work list shows and to which the verdict applies; returns how many.</summary>
    public async Task<Result<int>> RunAsync(WorkFilter filter, Decision decision, CancellationToken cancel = default)
    {
        if (Fault(decision) is { } fault) return fault;
        var decided = 0;
        foreach (var id in await work.SheetsAsync(filter, cancel))
        {
            if (!(await AllAsync(id, work.Of(filter), decision, null, cancel)).TryGet(out var some, out var refusals)) return refusals.ToList();
            decided += some;
        }
        return decided;
    }

    /// <summary>Decides all of the sheet's among these to which the verdict applies, some at a time, so that no transaction holds its locks for long.</summary>
    internal async Task<Result<int>> AllAsync(SheetId id, IQueryable<DifferenceRow> among, Decision decision, RuleId? rule, CancellationToken cancel)
    {
        for (var (decided, after) = (0, 0); ;)
        {
            var from = after;
            var step = await db.InTransaction(() => StepAsync(id, among, from, decision, rule, cancel), cancel);
            if (!step.TryGet(out var done, out var refusals)) return refusals.ToList();
            decided += done.Decided;
            if (done.Last is not { } last) return decided;
            after = last;
        }
    }

    private async Task<Result<int>> TheseAsync(SheetId id, IReadOnlyCollection<int> numbers, Decision decision, CancellationToken cancel)
    {
        if (!(await LockAsync(id, decision, cancel)).TryGet(out var sheet, out var refusals)) return refusals.ToList();
        var chosen = await db.Differences.Where(d => d.SheetId == id && numbers.Contains(d.Number)).OrderBy(d => d.Number).ToListAsync(cancel);
        if (chosen.Count < numbers.Count) return new Refusal("reconciliation.unknown_difference");
        var outcomes = chosen.Select(d => Outcome.Of(d, decision.Verdict, sheet.UpstreamId)).ToList();
        if (outcomes.Exists(o => o.IsRefused)) return outcomes.SelectMany(o => o.Refusals ?? []).ToList();
        await book.RunAsync(sheet, [.. chosen.Zip(outcomes, (d, o) => (d, o.Value))], decision, null, cancel);
        await close.IfDecidedAsync(sheet, cancel);
        return chosen.Count;
    }

    private async Task<Result<Step>> StepAsync(
        SheetId id, IQueryable<DifferenceRow> among, int after, Decision decision, RuleId? rule, CancellationToken cancel)
    {
        if (!(await LockAsync(id, decision, cancel)).TryGet(out var sheet, out var refusals)) return refusals.ToList();
        var some = await among.Where(d => d.SheetId == id && d.Number > after).OrderBy(d => d.Number).Take(AtOnce).ToListAsync(cancel);
        List<(DifferenceRow, Outcome)> apply = [];
        foreach (var row in some)
        {
            if (Outcome.Of(row, decision.Verdict, sheet.UpstreamId).TryGet(out var outcome, out _)) apply.Add((row, outcome));
        }
        await book.RunAsync(sheet, apply, decision, rule, cancel);
        await close.IfDecidedAsync(sheet, cancel);
        return new Step(apply.Count, some.Count < AtOnce ? null : some[^1].Number);
    }

    private sealed record Step(int Decided, int? Last);

    private async Task<Result<SheetRow>> LockAsync(SheetId id, Decision decision, CancellationToken cancel)
    {
        if (Fault(decision) is { } fault) return fault;
        var sheet = await db.Sheets.Where(s => s.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
        return sheet is null or { State: SheetState.Draft } ? new Refusal("reconciliation.not_open") : sheet;
    }

    private Refusal? Fault(Decision decision)
    {
        if (decision.Note.Length > LongestNote) return new Refusal("reconciliation.note_too_long", LongestNote).On("note");
        if (decision.Owner?.Length > LongestOwner) return new Refusal("reconciliation.owner_too_long", LongestOwner).On("owner");
        if (decision.Verdict is not (Verdict.Dispute or Verdict.Assign)) return null;
        if (string.IsNullOrWhiteSpace(decision.Owner)) return new Refusal("reconciliation.owner_missing").On("owner");
        var isDue = decision.Due is { } due ? due >= tenant.Zone.DateOf(time.Now) : decision.Verdict == Verdict.Assign;
        return isDue ? null : new Refusal("reconciliation.due_missing").On("due");
    }
}
