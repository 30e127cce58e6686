namespace HaoSuan.Reconciliation;

/// <summary>Throws a draft away (放弃): it was read wrongly, or was the wrong file. The file itself stays.</summary>
public sealed class DiscardSheet(Db db, Audit audit)
{
    public Task<Result<Done>> RunAsync(SheetId id, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var sheet = await db.Sheets.Where(s => s.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);
            if (sheet is not { State: SheetState.Draft }) return new Refusal("reconciliation.not_draft");
            db.Remove(sheet);
            audit.Record("sheet.discarded", $"sheet:{id.Value}", sheet.Hash);
            return default(Done);
        }, cancel);
}
