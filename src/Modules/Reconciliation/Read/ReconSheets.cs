using System.Text;
using System.Text.Json;
using HaoSuan.Ledger;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;
using Field = HaoSuan.Settling.Reconciling.Field;

namespace HaoSuan.Reconciliation;

/// <summary>Sheets and their differences, as finance looks at them.</summary>
public sealed class ReconSheets(Db db, Files files, ReverseDecision reverse)
{
    private const int ExamplesOfColumn = 3;

    public async Task<IReadOnlyList<SheetSummary>> AllAsync(int skip, int take, CancellationToken cancel = default) =>
        [.. (await db.Sheets.AsNoTracking().OrderByDescending(s => s.UploadedAt).ThenBy(s => s.Id).Skip(skip).Take(take).ToListAsync(cancel))
            .Select(SummaryOf)];

    public Task<int> CountAsync(CancellationToken cancel = default) => db.Sheets.CountAsync(cancel);

    /// <summary>How many differences wait for a decision, and in how many sheets.</summary>
    public async Task<(int Differences, int Sheets)> WaitingAsync(CancellationToken cancel = default)
    {
        var (sheets, differences) = (db.Sheets.Where(s => s.State == SheetState.Open), db.Differences);
        var waiting = from d in differences
                      where d.Status == DifferenceStatus.Open && d.Class != Difference.Matched && sheets.Any(s => s.Id == d.SheetId)
                      select d.SheetId;
        return (await waiting.CountAsync(cancel), await waiting.Distinct().CountAsync(cancel));
    }

    public async Task<SheetSummary?> FindAsync(SheetId id, CancellationToken cancel = default) =>
        await db.Sheets.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is { } sheet ? SummaryOf(sheet) : null;

    /// <summary>Each class that occurs. Of an opened sheet they tie out together: <see cref="SheetSummary.TiesTo"/>.</summary>
    public async Task<IReadOnlyList<ClassSummary>> ClassesAsync(SheetSummary sheet, CancellationToken cancel = default)
    {
        var rows = await db.Differences.Where(d => d.SheetId == sheet.Id).GroupBy(d => d.Class)
            .Select(g => new
            {
                g.Key,
                Count = g.Count(),
                Undecided = g.Count(d => d.Status == DifferenceStatus.Open || d.Status == DifferenceStatus.Disputed),
                Expected = g.Sum(d => d.Expected.Minor),
                Sheet = g.Sum(d => d.Sheet.Minor),
                Effect = g.Sum(d => d.Effect.Minor),
            })
            .ToListAsync(cancel);
        return [.. rows.OrderBy(r => r.Key).Select(r => new ClassSummary(r.Key, r.Count, r.Undecided, new(r.Expected), new(r.Sheet), new(r.Effect)))];
    }

    public async Task<IReadOnlyList<DifferenceView>> DifferencesAsync(
        SheetId id, Difference difference, int skip, int take, CancellationToken cancel = default)
    {
        var rows = await db.Differences.AsNoTracking().Where(d => d.SheetId == id && d.Class == difference)
            .OrderBy(d => d.Number).Skip(skip).Take(take).ToListAsync(cancel);
        return [.. rows.Select(ViewOf)];
    }

    /// <summary>One difference with its row and its decisions; null where there is none.</summary>
    public async Task<DifferenceDetail?> DifferenceAsync(DifferenceKey key, CancellationToken cancel = default)
    {
        var difference = await db.Differences.AsNoTracking().FirstOrDefaultAsync(d => d.SheetId == key.Sheet && d.Number == key.Number, cancel);
        if (difference is null) return null;
        var sheet = await db.Sheets.AsNoTracking().SingleAsync(s => s.Id == key.Sheet, cancel);
        var raw = await db.RawRows.Where(r => r.SheetId == key.Sheet && r.Number == difference.RowNumber).Select(r => r.Cells).FirstOrDefaultAsync(cancel);
        var cells = raw is null ? [] : JsonSerializer.Deserialize<string?[]>(raw)!;
        var decisions = await db.Decisions.AsNoTracking().Where(d => d.SheetId == key.Sheet && d.Number == key.Number)
            .OrderBy(d => d.Sequence).ToListAsync(cancel);
        return new(
            SummaryOf(sheet), ViewOf(difference),
            [.. cells.Select((text, i) => (ColumnLetters.Of(i), Masked(text ?? ""))).Where(c => c.Item2.Length > 0)],
            [.. decisions.Select(d => new DecisionView(
                d.Sequence, d.Status, d.DecidedAt, d.DecidedBy, d.Note, d.Owner, d.Due, d.Reverses, d.RuleId, d.EntryId))],
            !(await reverse.OfAsync(sheet, difference, cancel)).IsRefused);
    }

    /// <summary>What waits in the suspense account until it is confirmed or written off.</summary>
    internal async Task<IReadOnlyList<SuspenseItem>> HeldAsync(CancellationToken cancel)
    {
        var decisions = db.Decisions;
        var held = await db.Differences.Where(d => d.Status == DifferenceStatus.Held && d.Effect.Minor != 0)
            .Select(d => new
            {
                Row = d,
                Since = decisions
                    .Where(c => c.SheetId == d.SheetId && c.Number == d.Number && c.Status == DifferenceStatus.Held && c.EntryId != null && c.Reverses == null)
                    .Max(c => (Instant?)c.DecidedAt),
            }).ToListAsync(cancel);
        return [.. held.OrderBy(h => h.Since).Select(h => new SuspenseItem(
            h.Row.Reference, DifferenceEndpoint.AddressOf(new(h.Row.SheetId, h.Row.Number)), h.Row.Effect, h.Since ?? default, h.Row.Owner))];
    }

    internal static DifferenceView ViewOf(DifferenceRow d) => new(
        d.Number, d.Class, d.OrderId, d.OrderNo, d.Stage, d.Instance, d.RowNumber, d.Reference,
        d.Expected, d.Sheet, d.Effect, d.SheetStatus, d.Period, d.EarnedOn, d.Status, d.Owner, d.Due);

    /// <summary>The workbook of the differences as they were found; null for a draft.</summary>
    public async Task<(string Name, string MediaType, byte[] Content)?> WorkbookAsync(SheetId id, CancellationToken cancel = default)
    {
        var file = await db.Sheets.Where(s => s.Id == id).Select(s => s.WorkbookId).FirstOrDefaultAsync(cancel);
        return file is { } workbook ? await files.FindAsync(workbook, cancel) : null;
    }

    /// <summary>How the file was read: which columns are taken for what, with their first values.</summary>
    public async Task<SheetPreview?> PreviewAsync(SheetId id, CancellationToken cancel = default)
    {
        if (await db.Sheets.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancel) is not { } sheet) return null;
        if (await files.FindAsync(sheet.FileId, cancel) is not { } file) return null;
        var template = TemplateFile.Read(Encoding.UTF8.GetBytes(sheet.Template)).Value;
        var read = Sheet.Read(file.Content, template, keepRaw: true).Value;
        var first = read.Raw.Take(ExamplesOfColumn).Select(r => JsonSerializer.Deserialize<string?[]>(r)!).ToList();
        List<ColumnTaken> columns = [.. Enum.GetValues<Field>().Where(read.Layout.Has).Select(field => ColumnOf(field, read.Layout, first))];
        List<Month> periods = [.. read.Entries.Select(e => e.Period).OfType<Month>().Distinct().Order()];
        return new(SummaryOf(sheet), read.Layout.HeaderRow, columns, periods);
    }

    /// <summary>Whom a number belongs to is nothing that a difference needs.</summary>
    private static string Masked(string cell) =>
        cell.Length == 11 && cell[0] == '1' && cell.All(char.IsAsciiDigit) ? Mask.Of(SecretKind.Phone, cell) : cell;

    private static ColumnTaken ColumnOf(Field field, Layout layout, IEnumerable<string?[]> rows)
    {
        var column = layout.ColumnOf(field);
        return new(field, ColumnLetters.Of(column), layout.HeaderOf(column), [.. rows.Select(r => column < r.Length ? r[column] ?? "" : "")]);
    }

    private static SheetSummary SummaryOf(SheetRow s) => new(
        s.Id, s.UpstreamId, s.Period, s.FileName, s.State, s.RowCount, s.LineCount, s.SheetTotal, s.ExpectedTotal, s.TemplateVersion,
        s.UploadedAt, s.OpenedAt, s.ClosedAt);
}
