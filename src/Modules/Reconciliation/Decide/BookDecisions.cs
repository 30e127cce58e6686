using HaoSuan.Ledger;
using HaoSuan.Orders;
using Entry = HaoSuan.Ledger.Entry;

namespace HaoSuan.Reconciliation;

/// <summary>
/// Puts decisions on record, books what they do, and tells the orders; takes one back by the counter-entry. Callers hold the sheet locked.
/// </summary>
public sealed class BookDecisions(Db db, Journal journal, Facts facts, Actor actor, Audit audit, TimeProvider time)
{
    /// <param name="sheet">Whose differences they are.</param>
    /// <param name="decided">Each with what the verdict does to it.</param>
    /// <param name="decision">Note, owner and deadline.</param>
    /// <param name="rule">Which rule has decided; null: a person.</param>
    /// <param name="cancel">Stops it.</param>
    internal async Task RunAsync(
        SheetRow sheet, IReadOnlyList<(DifferenceRow Difference, Outcome Outcome)> decided, Decision decision, RuleId? rule, CancellationToken cancel)
    {
        foreach (var (difference, outcome) in decided.OrderBy(d => d.Difference.OrderId?.Value))
        {
            if (Outcome.Confirms(difference, outcome.Status)) await facts.RecordAsync(Confirmation(sheet, difference), cancel);
        }
        var booking = decided.Where(d => d.Outcome.Postings.Count > 0).ToList();
        var ids = booking.Count == 0
            ? []
            : await journal.PostAsync([.. booking.Select(d => EntryOf(sheet, d.Difference, "对账", d.Outcome.Postings))], cancel);
        var entryOf = booking.Zip(ids, (d, id) => (d.Difference.Number, id)).ToDictionary(e => e.Number, e => e.id);
        foreach (var (difference, outcome) in decided)
        {
            var names = decision.Verdict is Verdict.Dispute or Verdict.Assign;
            if (names) (difference.Owner, difference.Due) = (decision.Owner!.Trim(), decision.Due);
            Write(difference, outcome.Status, decision.Note.Trim(), names, entryOf.TryGetValue(difference.Number, out var id) ? id : null, rule);
            audit.Record("difference.decided", SubjectOf(difference), $"{difference.Class} {outcome.Status} {difference.Effect}");
        }
        await db.SaveChangesAsync(cancel);
    }

    internal async Task ReverseAsync(SheetRow sheet, DifferenceRow difference, Reversal reversal, string reason, CancellationToken cancel)
    {
        if (Outcome.Confirms(difference, difference.Status)) await WithdrawAsync(sheet, difference, reversal, cancel);
        long? entry = reversal.Postings.Count == 0 ? null : await journal.PostAsync(EntryOf(sheet, difference, "撤销对账", reversal.Postings), cancel);
        audit.Record("difference.reversed", SubjectOf(difference), $"{difference.Status} {reversal.Status} {difference.Effect} {reason}");
        Write(difference, reversal.Status, reason, false, entry, null, reversal.Reverses);
        await db.SaveChangesAsync(cancel);
    }

    private async Task WithdrawAsync(SheetRow sheet, DifferenceRow difference, Reversal reversal, CancellationToken cancel)
    {
        var (order, source) = (difference.OrderId!.Value, SheetSource.Of(sheet.Id));
        if (await facts.WithdrawAsync(order, source, SheetSource.FactOf(difference, reversal.Reverses), cancel)) return;
        // Before decisions could be taken back, a difference was confirmed once at most, and told so under its number alone.
        await facts.WithdrawAsync(order, source, SheetSource.FactOf(difference, 1), cancel);
    }

    private void Write(
        DifferenceRow difference, DifferenceStatus status, string note, bool names, long? entry, RuleId? rule, int? reverses = null)
    {
        db.Add(new DecisionRow
        {
            SheetId = difference.SheetId,
            Number = difference.Number,
            Sequence = ++difference.Decisions,
            Status = status,
            DecidedAt = time.Now,
            DecidedBy = actor.Name,
            Note = note,
            Owner = names ? difference.Owner : null,
            Due = names ? difference.Due : null,
            EntryId = entry,
            StatusBefore = difference.Status,
            Reverses = reverses,
            RuleId = rule,
        });
        difference.Status = status;
    }

    private NewFact Confirmation(SheetRow sheet, DifferenceRow difference) => new(
        difference.OrderId!.Value, "upstream_confirmed", time.Now, SheetSource.Of(sheet.Id), SheetSource.FactOf(difference, difference.Decisions + 1),
        Attributes: new Dictionary<string, string> { ["stage"] = difference.Stage });

    private Entry EntryOf(SheetRow sheet, DifferenceRow difference, string what, IReadOnlyList<Posting> postings) => new(
        "reconciliation", $"recon:{sheet.Id.Value}:{difference.Number}:{difference.Decisions + 1}", time.Now,
        $"{what} {sheet.Period} {(difference.OrderNo is { } order ? $"订单 {order}" : $"第 {difference.RowNumber} 行")}",
        postings, difference.OrderId);

    private static string SubjectOf(DifferenceRow difference) => $"sheet:{difference.SheetId.Value}:{difference.Number}";
}
