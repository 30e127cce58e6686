using System.Globalization;
using System.Text;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;
using Comparison = HaoSuan.Settling.Reconciling.Reconciliation;

namespace HaoSuan.Reconciliation;

/// <summary>
/// Matches a draft against what the upstream is expected to pay (确认导入): keeps every row, every difference and the workbook.
/// Nothing is booked yet. Disputes of earlier sheets that are expected again end there.
/// </summary>
public sealed class OpenSheet(Db db, Files files, Expectation expectation, CarryDisputes carry, Actor actor, Audit audit, Outbox outbox, TimeProvider time)
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public Task<Result<Done>> RunAsync(SheetId id, CancellationToken cancel = default) =>
        db.InTransaction<Result<Done>>(async () =>
        {
            var upstream = await db.Sheets.Where(s => s.Id == id).Select(s => (UpstreamId?)s.UpstreamId).FirstOrDefaultAsync(cancel);
            // All sheets of the upstream are locked: no line is expected by two of them.
            var sheets = await db.Sheets.Where(s => s.UpstreamId == upstream).OrderBy(s => s.Id).ForUpdate().ToListAsync(cancel);
            if (sheets.Find(s => s.Id == id) is not { State: SheetState.Draft } sheet) return new Refusal("reconciliation.not_draft");
            if (!(await ReadAsync(sheet, cancel)).TryGet(out var read, out var refusals)) return refusals.ToList();
            var expected = await expectation.OfAsync(sheet, cancel);
            var comparison = Matching.Run([.. expected.Lines.Select(l => l.Entry)], read.Entries);
            await WriteAsync(sheet, read, expected, comparison, cancel);
            audit.Record("sheet.opened", $"sheet:{id.Value}", $"{comparison.SheetTotal} = {comparison.ExpectedTotal} + {comparison.EffectTotal}");
            return default(Done);
        }, cancel);

    private async Task<Result<SheetRows>> ReadAsync(SheetRow sheet, CancellationToken cancel)
    {
        var file = await files.FindAsync(sheet.FileId, cancel) ?? throw new InvalidOperationException($"The file of {sheet.Id} is gone.");
        var template = TemplateFile.Read(Encoding.UTF8.GetBytes(sheet.Template));
        return template.TryGet(out var use, out var refusals) ? Sheet.Read(file.Content, use, keepRaw: true) : refusals.ToList();
    }

    private async Task WriteAsync(SheetRow sheet, SheetRows read, Expected expected, Comparison comparison, CancellationToken cancel)
    {
        using MemoryStream workbook = new();
        DifferenceWorkbook.Write(workbook, comparison, CultureInfo.GetCultureInfo("zh"));
        var (file, _) = await files.KeepAsync($"{sheet.Period}-{sheet.Id.Value:N}.xlsx", Xlsx, workbook.ToArray(), cancel);
        (sheet.State, sheet.OpenedAt, sheet.WorkbookId) = (SheetState.Open, time.Now, file);
        (sheet.LineCount, sheet.ExpectedTotal) = (comparison.Lines.Count, comparison.ExpectedTotal);
        if (comparison.Findings.Count == 0) (sheet.State, sheet.ClosedAt) = (SheetState.Closed, time.Now);
        await Bulk.Rows.RunAsync(db, [.. read.Entries.Select((e, i) => new RawRow { SheetId = sheet.Id, Number = e.Row, Cells = read.Raw[i] })], cancel);
        await Bulk.Differences.RunAsync(db, [.. FindingRows.Of(sheet.Id, expected, comparison)], cancel);
        var count = comparison.Findings.Count(f => f.Difference != Difference.Matched);
        if (count > 0) outbox.Publish(new DifferencesFound(sheet.Id, sheet.UpstreamId, sheet.Period, count, comparison.EffectTotal, actor.Name));
        await carry.RunAsync(expected.Disputes.SelectMany(d => d), sheet, cancel);
    }
}
