using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Settling.Reconciling;
using Entry = HaoSuan.Ledger.Entry;

namespace HaoSuan.Reconciliation;

/// <summary>
/// Decides differences of a sheet, one by one or a whole class: books their effect, and tells the orders which stages the
/// upstream has confirmed. The last decision closes the sheet.
/// </summary>
public sealed class DecideDifferences(
    Db db, Journal journal, Facts facts, CloseSheet close, TenantScope tenant, Actor actor, Audit audit, TimeProvider time)
{
    private const int AtOnce = 200;
    private const int LongestNote = 200;
    private const int LongestOwner = 40;

    /// <summary>Decides these, or none of them.</summary>
    public Task<Result<int>> RunAsync(SheetId id, IReadOnlyCollection<int> numbers, Decision decision, CancellationToken cancel = default) =>
        db.InTransaction<Result<int>>(async () =>
        {
            if (numbers.Count == 0) return new Refusal("reconciliation.none_chosen");
            if (!(await LockAsync(id, decision, cancel)).TryGet(out var sheet, out var refusals)) return refusals.ToList();
            var chosen = await db.Differences.Where(d => d.SheetId == id && numbers.Contains(d.Number)).OrderBy(d => d.Number).ToListAsync(cancel);
            if (chosen.Count < numbers.Count) return new Refusal("reconciliation.unknown_difference");
            var outcomes = chosen.Select(d => Outcome.Of(d, decision.Verdict, sheet.UpstreamId)).ToList();
            if (outcomes.Exists(o => o.IsRefused)) return outcomes.SelectMany(o => o.Refusals ?? []).ToList();
            await ApplyAsync(sheet, [.. chosen.Zip(outcomes, (d, o) => (d, o.Value))], decision, cancel);
            await close.IfDecidedAsync(sheet, cancel);
            return chosen.Count;
        }, cancel);

    /// <summary>Decides all of a class that are undecided and to which the verdict applies; returns how many.</summary>
    public async Task<Result<int>> RunAsync(SheetId id, Difference difference, Decision decision, CancellationToken cancel = default)
    {
        for (var (decided, after) = (0, 0); ;)
        {
            var from = after;
            var step = await db.InTransaction(() => StepAsync(id, difference, from, decision, cancel), cancel);
            if (!step.TryGet(out var done, out var refusals)) return refusals.ToList();
            decided += done.Decided;
            if (done.Last is not { } last) return decided;
            after = last;
        }
    }

    /// <summary>Some of a class, so that no transaction holds its locks for long.</summary>
    private async Task<Result<Step>> StepAsync(SheetId id, Difference difference, int after, Decision decision, CancellationToken cancel)
    {
        if (!(await LockAsync(id, decision, cancel)).TryGet(out var sheet, out var refusals)) return refusals.ToList();
        var some = await db.Differences
            .Where(d => d.SheetId == id && d.Class == difference && d.Number > after
                && (d.Status == DifferenceStatus.Open || d.Status == DifferenceStatus.Disputed))
            .OrderBy(d => d.Number).Take(AtOnce).ToListAsync(cancel);
        List<(DifferenceRow, Outcome)> apply = [];
        foreach (var row in some)
        {
            if (Outcome.Of(row, decision.Verdict, sheet.UpstreamId).TryGet(out var outcome, out _)) apply.Add((row, outcome));
        }
        await ApplyAsync(sheet, apply, decision, cancel);
        await close.IfDecidedAsync(sheet, cancel);
        return new Step(apply.Count, some.Count < AtOnce ? null : some[^1].Number);
    }

    private sealed record Step(int Decided, int? Last);

    private async Task<Result<SheetRow>> LockAsync(SheetId id, Decision decision, CancellationToken cancel)
    {
        if (decision.Note.Length > LongestNote) return new Refusal("reconciliation.note_too_long", LongestNote).On("note");
        if (decision.Owner?.Length > LongestOwner) return new Refusal("reconciliation.owner_too_long", LongestOwner).On("owner");
        if (decision.Verdict == Verdict.Dispute)
        {
            if (string.IsNullOrWhiteSpace(decision.Owner)) return new Refusal("reconciliation.owner_missing").On("owner");
            if (decision.Due is not { } due || due < tenant.Zone.DateOf(time.Now)) return new Refusal("reconciliation.due_missing").On("due");
        }
        var sheet = await db.Sheets.Where(s => s.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
        return sheet is null or { State: SheetState.Draft } ? new Refusal("reconciliation.not_open") : sheet;
    }

    private async Task ApplyAsync(
        SheetRow sheet, IReadOnlyList<(DifferenceRow Difference, Outcome Outcome)> decided, Decision decision, CancellationToken cancel)
    {
        foreach (var (difference, outcome) in decided.OrderBy(d => d.Difference.OrderId?.Value))
        {
            if (Outcome.Confirms(difference, outcome.Status)) await facts.RecordAsync(Confirmation(sheet, difference), cancel);
        }
        var entries = decided.Where(d => d.Outcome.Postings.Count > 0).ToList();
        var numbers = entries.Count == 0 ? [] : await journal.PostAsync([.. entries.Select(d => EntryOf(sheet, d.Difference, d.Outcome))], cancel);
        var numberOf = entries.Zip(numbers, (e, n) => (e.Difference.Number, n)).ToDictionary(e => e.Number, e => e.n);
        foreach (var (difference, outcome) in decided)
        {
            long? entry = numberOf.TryGetValue(difference.Number, out var number) ? number : null;
            Write(difference, outcome.Status, decision, entry);
        }
        await db.SaveChangesAsync(cancel);
    }

    private void Write(DifferenceRow difference, DifferenceStatus status, Decision decision, long? entry)
    {
        var isDispute = status == DifferenceStatus.Disputed;
        difference.Status = status;
        if (isDispute) (difference.Owner, difference.Due) = (decision.Owner!.Trim(), decision.Due);
        db.Add(new DecisionRow
        {
            SheetId = difference.SheetId,
            Number = difference.Number,
            Sequence = ++difference.Decisions,
            Status = status,
            DecidedAt = time.Now,
            DecidedBy = actor.Name,
            Note = decision.Note.Trim(),
            Owner = isDispute ? difference.Owner : null,
            Due = isDispute ? difference.Due : null,
            EntryId = entry,
        });
        audit.Record("difference.decided", $"sheet:{difference.SheetId.Value}:{difference.Number}", $"{difference.Class} {status} {difference.Effect}");
    }

    private NewFact Confirmation(SheetRow sheet, DifferenceRow difference) => new(
        difference.OrderId!.Value, "upstream_confirmed", time.Now, SheetSource.Of(sheet.Id), $"{difference.Number}",
        Attributes: new Dictionary<string, string> { ["stage"] = difference.Stage });

    private Entry EntryOf(SheetRow sheet, DifferenceRow difference, Outcome outcome) => new(
        "reconciliation", $"recon:{sheet.Id.Value}:{difference.Number}:{difference.Decisions + 1}", time.Now,
        $"对账 {sheet.Period} {(difference.OrderNo is { } order ? $"订单 {order}" : $"第 {difference.RowNumber} 行")}",
        outcome.Postings, difference.OrderId);
}
