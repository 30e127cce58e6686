using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HaoSuan.Orders;
using HaoSuan.Platform.Sheets;
using HaoSuan.Settling.Reconciling;
using Field = HaoSuan.Settling.Reconciling.Field;

namespace HaoSuan.Reconciliation;

/// <summary>
/// What is disputed of a sheet, for the upstream (异议表): its own columns, its own rows, and behind them what we claim; and what it answers, in the same
/// file. What it agrees to pay in full is expected by its next sheet; anything else is noted, and a person decides.
/// </summary>
public sealed partial class DisputeFiles(Db db, Files files, OrderList orders, DecideDifferences decide, TenantScope tenant, TimeProvider time)
{
    private const string Number = "异议编号";
    private const string Answer = "答复金额";
    private const string Remark = "答复说明";
    private const int LongestWords = 120;

    private static readonly string[] Claims = [Number, "我方应结", "表中金额", "异议说明", Answer, Remark];

    /// <summary>How many differences of the sheet are disputed.</summary>
    public Task<int> CountAsync(SheetId id, CancellationToken cancel = default) => Disputed(id).CountAsync(cancel);

    /// <summary>The workbook; null where nothing is disputed.</summary>
    public async Task<byte[]?> WriteAsync(SheetId id, CancellationToken cancel = default)
    {
        var disputed = await Disputed(id).AsNoTracking().OrderBy(d => d.Number).ToListAsync(cancel);
        if (disputed.Count == 0) return null;
        var sheet = await db.Sheets.AsNoTracking().SingleAsync(s => s.Id == id, cancel);
        var file = await files.FindAsync(sheet.FileId, cancel) ?? throw new InvalidOperationException($"The file of {id} is gone.");
        var layout = Sheet.Read(file.Content, TemplateFile.Read(Encoding.UTF8.GetBytes(sheet.Template)).Value).Value.Layout;      // read before
        var numbers = disputed.Select(d => d.RowNumber).OfType<int>().ToList();
        var rows = await db.RawRows.Where(r => r.SheetId == id && numbers.Contains(r.Number)).ToDictionaryAsync(r => r.Number, r => r.Cells, cancel);
        var named = await orders.IdentitiesAsync([.. disputed.Select(d => d.OrderId).OfType<OrderId>().Distinct()], cancel);
        var cards = named.ToDictionary(o => o.Id, o => o.Iccid);
        var notes = (await db.Decisions.AsNoTracking().Where(d => d.SheetId == id && d.Status == DifferenceStatus.Disputed).OrderBy(d => d.Sequence)
            .Select(d => new { d.Number, d.Note }).ToListAsync(cancel)).GroupBy(d => d.Number).ToDictionary(g => g.Key, g => g.Last().Note);
        var columns = Enumerable.Range(0, layout.Width).Select(layout.HeaderOf).ToList();
        return TextWorkbook.Write([.. columns, .. Claims], [.. disputed.Select(d => (IReadOnlyList<string>)
        [
            .. Cells(d), $"{d.Number}", $"{d.Expected}", $"{d.Sheet}", notes.GetValueOrDefault(d.Number, ""), "", "",
        ])]);

        IEnumerable<string> Cells(DifferenceRow difference)
        {
            var theirs = difference.RowNumber is { } row && rows.TryGetValue(row, out var raw) ? JsonSerializer.Deserialize<string?[]>(raw)! : [];
            var ours = difference.RowNumber is null ? Line(difference) : [];
            return Enumerable.Range(0, layout.Width).Select(i => (i < theirs.Length ? theirs[i] : ours.GetValueOrDefault(i)) ?? "");
        }

        Dictionary<int, string?> Line(DifferenceRow difference) => new Dictionary<Field, string?>
        {
            [Field.Order] = difference.OrderNo,
            [Field.Iccid] = difference.OrderId is { } order ? cards.GetValueOrDefault(order) : null,
            [Field.Stage] = difference.Stage,
            [Field.Period] = $"{sheet.Period}",
        }.Where(c => layout.Has(c.Key)).ToDictionary(c => layout.ColumnOf(c.Key), c => c.Value);
    }

    /// <summary>Reads the upstream's answers from the file that it was sent. The same file a second time changes nothing more.</summary>
    public Task<Result<AnswersRead>> ReadAsync(SheetId id, byte[] content, CancellationToken cancel = default) =>
        db.InTransaction<Result<AnswersRead>>(async () =>
        {
            if (content.Length == 0) return new Refusal("reconciliation.file_missing").On("file");
            if (!SheetLines.Read(content).TryGet(out var lines, out var refusals)) return refusals.Select(r => r.On("file")).ToList();
            if (!AnswersOf(lines).TryGet(out var answers, out refusals)) return refusals.Select(r => r.On("file")).ToList();
            var disputed = await Disputed(id).AsNoTracking().ToDictionaryAsync(d => d.Number, cancel);
            var (agreed, noted) = (0, 0);
            foreach (var answer in answers.DistinctBy(a => a.Number))
            {
                if (!disputed.TryGetValue(answer.Number, out var difference)) continue;
                var isAgreed = Outcome.AccountsForLine(difference.Class) && answer.Amount == difference.Expected;
                var decision = isAgreed
                    ? new Decision(Verdict.Carry, $"上游答复：同意按 {answer.Amount} 元结算{answer.Words}")
                    : Noting(difference, $"上游答复：{answer.Amount} 元，应结 {difference.Expected} 元{answer.Words}");
                if (!isAgreed && await IsNotedAsync(difference, decision.Note, cancel)) continue;
                if (!(await decide.RunAsync(id, [difference.Number], decision, cancel)).TryGet(out _, out refusals)) return refusals.ToList();
                if (isAgreed) agreed++;
                else noted++;
            }
            return new AnswersRead(agreed, noted, answers.Count - agreed - noted);
        }, cancel);

    private IQueryable<DifferenceRow> Disputed(SheetId id) =>
        db.Differences.Where(d => d.SheetId == id && d.Status == DifferenceStatus.Disputed && d.Class != Difference.Matched);

    /// <summary>It stays disputed, with whoever follows it up, until a person decides.</summary>
    private Decision Noting(DifferenceRow difference, string note)
    {
        var today = tenant.Zone.DateOf(time.Now);
        return new(Verdict.Dispute, note, difference.Owner, difference.Due is { } due && due > today ? due : today);
    }

    private Task<bool> IsNotedAsync(DifferenceRow difference, string note, CancellationToken cancel) =>
        db.Decisions.AnyAsync(d => d.SheetId == difference.SheetId && d.Number == difference.Number && d.Note == note, cancel);

    private static Result<IReadOnlyList<(int Number, Money Amount, string Words)>> AnswersOf(IReadOnlyList<SheetLine> lines)
    {
        var header = lines.FirstOrDefault(l => l.Cells.Contains(Number) && l.Cells.Contains(Answer));
        if (header is null) return new Refusal("reconciliation.answer_columns", Number, Answer);
        var cells = header.Cells.ToList();
        var (number, amount, words) = (cells.IndexOf(Number), cells.IndexOf(Answer), cells.IndexOf(Remark));
        List<(int Number, Money Amount, string Words)> answers = [];
        List<Refusal> faults = [];
        foreach (var line in lines.Where(l => l.Number > header.Number && Cell(l, amount).Length > 0))
        {
            if (!int.TryParse(Cell(line, number), NumberStyles.None, CultureInfo.InvariantCulture, out var which))
                faults.Add(new("reconciliation.answer_number", line.Number, Cell(line, number)));
            else if (!YuanText.TryRead(Cell(line, amount), out var agreed))
                faults.Add(new("reconciliation.answer_amount", line.Number, Cell(line, amount)));
            else
                answers.Add((which, agreed, WordsOf(Cell(line, words))));
        }
        if (faults.Count > 0) return faults;
        return answers;

        static string Cell(SheetLine line, int column) => column >= 0 && column < line.Cells.Count ? line.Cells[column] : "";
    }

    /// <summary>What it writes is kept for good, so no number of a person or a card stays in it.</summary>
    private static string WordsOf(string words)
    {
        var plain = LongNumber().Replace(words, "***");
        return plain.Length == 0 ? "" : $"，{(plain.Length > LongestWords ? plain[..LongestWords] : plain)}";
    }

    [GeneratedRegex("[0-9Xx]{7,}")]
    private static partial Regex LongNumber();
}
