using System.Text.RegularExpressions;
using HaoSuan.Platform.Sheets;

namespace HaoSuan.Inventory;

/// <summary>A number of a sheet or of pasted lines.</summary>
/// <param name="Supplement">What it costs more; null where that is not said.</param>
internal sealed record NumberLine(int Line, string Number, Money? Supplement);

/// <summary>
/// Reads numbers as people paste them or a sheet writes them: a line for each, the number and, where it costs more, its
/// supplement in yuan. Headings tell the columns; without them it is the first one and the second.
/// </summary>
internal static partial class NumberLines
{
    private static readonly string[] NumberHeadings = ["号码", "手机", "number"];
    private static readonly string[] SupplementHeadings = ["加价", "价", "supplement"];

    public static Result<IReadOnlyList<NumberLine>> Read(IReadOnlyList<SheetLine> lines)
    {
        var filled = lines.Where(l => l.Cells.Any(c => c.Length > 0)).ToList();
        var headed = filled is [var first, ..] && !first.Cells.Any(c => c.Any(char.IsAsciiDigit));
        var number = headed ? Column(filled[0], NumberHeadings, 0) : 0;
        var supplement = headed ? Column(filled[0], SupplementHeadings, 1) : 1;
        Dictionary<string, NumberLine> numbers = new(filled.Count, StringComparer.Ordinal);
        List<Refusal> faults = [];
        foreach (var line in headed ? filled.Skip(1) : filled)
        {
            if (Fault(line.Number, Cell(line, number), Cell(line, supplement), out var read) is { } fault) faults.Add(fault);
            else if (!numbers.TryAdd(read.Number, read)) faults.Add(new("inventory.line_number_twice", line.Number, read.Number));
        }
        if (faults.Count > 0) return Faults.Of(faults, "numbers");
        if (numbers.Count == 0) return new Refusal("inventory.no_numbers").On("numbers");
        return numbers.Values.ToList();
    }

    private static int Column(SheetLine heads, string[] words, int otherwise) =>
        heads.Cells.Index().Where(c => words.Any(w => c.Item.Contains(w, StringComparison.OrdinalIgnoreCase)))
            .Select(c => (int?)c.Index).FirstOrDefault() ?? otherwise;

    private static string Cell(SheetLine line, int column) => column < line.Cells.Count ? line.Cells[column] : "";

    private static Refusal? Fault(int line, string number, string supplement, out NumberLine read)
    {
        read = new(line, number, null);
        if (!Mobile().IsMatch(number)) return new("inventory.line_no_number", line, number);
        if (supplement.Length == 0) return null;
        if (!Currency.Cny.TryParse(supplement, out var amount) || amount < Money.Zero) return new("inventory.line_no_amount", line, supplement);
        read = read with { Supplement = amount };
        return null;
    }

    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex Mobile();
}
