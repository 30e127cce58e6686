using System.Text.RegularExpressions;

namespace HaoSuan.Inventory;

/// <summary>
/// Reads numbers as people paste them or a sheet writes them: a line for each, the number and, where it costs more, its
/// supplement in yuan after a comma or a tab. A first line of headings is skipped.
/// </summary>
internal static partial class NumberLines
{
    private const int MostFaults = 20;

    public static Result<IReadOnlyList<(string Number, Money Supplement)>> Read(string text)
    {
        var numbers = new Dictionary<string, Money>(StringComparer.Ordinal);
        List<Refusal> faults = [];
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var cells = line.Split(',', '\t', '，').Select(c => c.Trim().Trim('"', '\uFEFF').Trim()).ToArray();
            if (cells.All(c => c.Length == 0) || (index == 0 && !cells[0].Any(char.IsAsciiDigit))) continue;
            if (Fault(cells, index + 1, out var supplement) is { } fault) faults.Add(fault);
            else if (!numbers.TryAdd(cells[0], supplement)) faults.Add(new("inventory.line_number_twice", index + 1, cells[0]));
            if (faults.Count == MostFaults) break;
        }
        if (faults.Count > 0) return faults.ConvertAll(f => f.On("numbers"));
        if (numbers.Count == 0) return new Refusal("inventory.no_numbers").On("numbers");
        return numbers.Select(n => (n.Key, n.Value)).ToList();
    }

    private static Refusal? Fault(string[] cells, int line, out Money supplement)
    {
        supplement = Money.Zero;
        if (!Mobile().IsMatch(cells[0])) return new("inventory.line_no_number", line, cells[0]);
        if (cells.Length < 2 || cells[1].Length == 0) return null;
        return Currency.Cny.TryParse(cells[1], out supplement) && supplement >= Money.Zero
            ? null
            : new("inventory.line_no_amount", line, cells[1]);
    }

    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex Mobile();
}
