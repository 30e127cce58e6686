namespace HaoSuan.Settling.Reconciling;

/// <summary>What a column of a sheet can say.</summary>
public enum Field { Order, Iccid, Phone, Product, Activated, Amount, Status, Period, Stage }

/// <summary>Whose file it is: where two columns could be the amount, ours is the one that is due, theirs the one that is paid.</summary>
public enum Side { Ours, Theirs }

/// <summary>How an upstream writes its sheets. Its form as a file: docs/reconciliation.md.</summary>
public sealed record SheetTemplate
{
    /// <summary>What a status can mean.</summary>
    public static IReadOnlyList<string> Standings { get; } = ["in_service", "suspended", "closed", "not_activated", "irregular"];

    public string? Name { get; init; }

    public int Version { get; init; } = 1;

    /// <summary>The sheet of the workbook; null: the only one with a header that fits.</summary>
    public string? Sheet { get; init; }

    /// <summary>The row of the header, counted from 1; 0: there is none; null: the first row in which all named columns stand.</summary>
    public int? HeaderRow { get; init; }

    public AmountUnit Unit { get; init; }

    /// <summary>The header of the column for each field, or its letters (A, B … XFD).</summary>
    public IReadOnlyDictionary<Field, string> Columns { get; init; } = new Dictionary<Field, string>();

    /// <summary>For status, product and stage: what the words of the sheet mean. A status means in_service, suspended, closed,
    /// not_activated or irregular.</summary>
    public IReadOnlyDictionary<Field, IReadOnlyDictionary<string, string>> Values { get; init; } =
        new Dictionary<Field, IReadOnlyDictionary<string, string>>();

    public IReadOnlyList<SkippedRows> Skip { get; init; } = [];
}

/// <summary>Rows to leave out: one row by its number, or each row with that value in that column.</summary>
public sealed record SkippedRows
{
    public int? Row { get; init; }
    public string? Column { get; init; }
    public string? Value { get; init; }
}

/// <summary>Names a column as spreadsheets do: 0 is A, 26 is AA.</summary>
public static class ColumnLetters
{
    private const int Most = 16_384;

    public static string Of(int column)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters = (char)('A' + ((rest - 1) % 26)) + letters;
        return letters;
    }

    /// <summary>The column of that name, or -1.</summary>
    public static int Find(ReadOnlySpan<char> letters)
    {
        var column = 0;
        foreach (var letter in letters)
        {
            if (!char.IsAsciiLetter(letter) || column > Most) return -1;
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
        }
        return column is > 0 and <= Most ? column - 1 : -1;
    }
}
