using HaoSuan.Platform.Sheets;

namespace HaoSuan.Inventory;

/// <summary>Reads the ICCIDs of a sheet, from the column whose heading names them or else from the first, and those that were pasted or scanned.</summary>
internal static class CardLines
{
    private static readonly string[] Headings = ["ICCID", "卡串号", "卡号", "SIM"];

    /// <summary>ICCIDs as they were typed or scanned: apart by lines, blanks or commas.</summary>
    public static Result<IReadOnlyList<CardLine>> Of(string text, bool twiceIsOne = false) => Checked(
        text.Split('\n').Index().SelectMany(line => line.Item.Split([' ', ',', '，', ';', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(c => new CardLine(line.Index + 1, Iccid.Of(c)))), twiceIsOne);

    public static Result<IReadOnlyList<CardLine>> Of(IReadOnlyList<SheetLine> lines, bool twiceIsOne = false)
    {
        var first = lines.FirstOrDefault(l => l.Cells.Any(c => c.Length > 0));
        var headed = first is not null && !first.Cells.Any(c => c.Any(char.IsAsciiDigit));
        var column = headed ? first!.Cells.Index().FirstOrDefault(c => IsHeading(c.Item)).Index : 0;
        return Checked(lines.Where(l => !(headed && l == first) && l.Cells.Any(c => c.Length > 0))
            .Select(l => new CardLine(l.Number, Iccid.Of(column < l.Cells.Count ? l.Cells[column] : ""))), twiceIsOne);
    }

    private static bool IsHeading(string cell) => Headings.Any(h => cell.Contains(h, StringComparison.OrdinalIgnoreCase));

    /// <summary>Each is an ICCID, and stands there once; or counts once, where it is no fault to see a card twice.</summary>
    public static Result<IReadOnlyList<CardLine>> Checked(IEnumerable<CardLine> lines, bool twiceIsOne = false)
    {
        Dictionary<string, CardLine> cards = [];
        List<Refusal> faults = [];
        foreach (var line in lines)
        {
            if (!Iccid.IsValid(line.Iccid)) faults.Add(new("inventory.line_no_iccid", line.Line, line.Iccid));
            else if (!cards.TryAdd(line.Iccid, line) && !twiceIsOne)
                faults.Add(new("inventory.line_card_twice", line.Line, line.Iccid, cards[line.Iccid].Line));
        }
        if (faults.Count > 0) return Faults.Of(faults, "iccids");
        if (cards.Count == 0) return new Refusal("inventory.no_cards").On("iccids");
        return cards.Values.ToList();
    }
}
