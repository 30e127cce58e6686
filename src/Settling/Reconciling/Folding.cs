namespace HaoSuan.Settling.Reconciling;

/// <summary>The text of a cell as its writer meant it: half width, without blanks around it and without the marks that keep
/// Excel from turning long digits into a number (a leading backquote or apostrophe, ="…").</summary>
internal static class Folding
{
    public const int Usual = 128;

    private static readonly HashSet<string> Nothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "-", "--", "—", "——", "–", "/", "\\", "\\N", "NULL", "NONE", "NAN", "NA", "N/A", "#N/A", "无", "空",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> NothingBySpan =
        Nothing.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Folds into the buffer, or into a new one where that is too short.</summary>
    public static ReadOnlySpan<char> Fold(ReadOnlySpan<char> cell, Span<char> buffer)
    {
        if (cell.Length > buffer.Length) buffer = new char[cell.Length];
        var length = 0;
        foreach (var c in cell)
        {
            var folded = Fold(c);
            if (folded != '\0') buffer[length++] = folded;
        }
        return Unwrap(buffer[..length].Trim());
    }

    /// <summary>Whether the folded text stands for "nothing here".</summary>
    public static bool IsNothing(ReadOnlySpan<char> folded) => folded.IsEmpty || (folded.Length <= 4 && NothingBySpan.Contains(folded));

    /// <summary>Leaves out the characters that <paramref name="drop"/> names.</summary>
    public static ReadOnlySpan<char> Without(ReadOnlySpan<char> text, ReadOnlySpan<char> drop, Span<char> buffer)
    {
        if (text.IndexOfAny(drop) < 0) return text;
        if (text.Length > buffer.Length) buffer = new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (!drop.Contains(c)) buffer[length++] = c;
        }
        return buffer[..length];
    }

    private static char Fold(char c) => c switch
    {
        >= ' ' and <= '~' => c,
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' or '\u00A0' or '\t' or '\n' or '\r' or '\u2007' or '\u202F' => ' ',
        '\uFEFF' or (>= '\u200B' and <= '\u200F') or '\u2060' or '\u00AD' or < ' ' or '\u007F' => '\0',
        _ => c,
    };

    private static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> text)
    {
        if (text is ['=', '"', .. var quoted, '"']) text = quoted;
        if (text is ['`' or '\'' or '‘' or '’' or '´', .. var marked]) text = marked;
        return text.Trim();
    }
}
