namespace HaoSuan.Reconciliation;

/// <summary>Ends disputes of earlier sheets: a later sheet expects their lines again. Callers hold all sheets locked.</summary>
public sealed class CarryDisputes(Db db, CloseSheet close, Actor actor, TimeProvider time)
{
    internal async Task RunAsync(IEnumerable<DifferenceRow> disputes, SheetRow into, CancellationToken cancel)
    {
        HashSet<SheetId> touched = [];
        foreach (var dispute in disputes)
        {
            var before = dispute.Status;
            dispute.Status = DifferenceStatus.Carried;
            touched.Add(dispute.SheetId);
            db.Add(new DecisionRow
            {
                SheetId = dispute.SheetId,
                Number = dispute.Number,
                Sequence = ++dispute.Decisions,
                Status = DifferenceStatus.Carried,
                // With the opening itself: whoever asks later whether the line is expected again compares the two.
                DecidedAt = into.OpenedAt ?? time.Now,
                DecidedBy = actor.Name,
                Note = $"{into.Period} {into.Id.Value}",
                Owner = dispute.Owner,
                Due = dispute.Due,
                EntryId = null,
                StatusBefore = before,
            });
        }
        await db.SaveChangesAsync(cancel);
        foreach (var sheet in await db.Sheets.Where(s => touched.Contains(s.Id)).ToListAsync(cancel)) await close.IfDecidedAsync(sheet, cancel);
    }
}
