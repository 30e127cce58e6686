namespace HaoSuan.Settling.Reconciling;

/// <summary>The unit in which a sheet writes amounts.</summary>
public enum AmountUnit { Yuan, Fen }

/// <summary>Reads amounts as sheets write them: ￥ ¥ 元 RMB CNY, thousands separators, full-width digits, a minus before or
/// behind, parentheses for a minus, a dash for nothing.</summary>
internal static class Amounts
{
    /// <summary>Ten thousand million yuan: beyond any settlement, and small enough that no sheet's sum overflows.</summary>
    public const long LargestFen = 1_000_000_000_000;

    private static readonly string[] Marks = ["￥", "¥", "元", "圆", "RMB", "CNY"];

    /// <summary>Gives the code of a fault, or null. An empty cell is zero.</summary>
    public static string? Read(ReadOnlySpan<char> cell, AmountUnit unit, out Money amount)
    {
        amount = default;
        var text = Folding.Fold(cell, stackalloc char[Folding.Usual]);
        if (Folding.IsNothing(text)) return null;
        text = Folding.Without(text, " ", stackalloc char[Folding.Usual]);
        if (!TryStrip(ref text, out var negative)) return "sheets.not_an_amount";
        if (Identifiers.IsScientific(text)) return "sheets.scientific";
        var fault = ReadNumber(text, unit, out amount);
        if (negative) amount = -amount;
        return fault;
    }

    private static string? ReadNumber(ReadOnlySpan<char> text, AmountUnit unit, out Money amount)
    {
        amount = default;
        if (!IsGrouped(text)) return "sheets.not_an_amount";
        return ReadPlain(Folding.Without(text, ",", stackalloc char[Folding.Usual]), unit, out amount);
    }

    private static string? ReadPlain(ReadOnlySpan<char> text, AmountUnit unit, out Money amount)
    {
        amount = default;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..].TrimEnd('0');
        if (text.Length is 0 or 1 && point == 0) return "sheets.not_an_amount";
        if (whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9')) return "sheets.not_an_amount";
        var decimals = unit == AmountUnit.Yuan ? Currency.Cny.Decimals : 0;
        if (fraction.Length > decimals) return "sheets.fraction_of_fen";
        long minor = 0;
        for (var i = 0; i < whole.Length + decimals; i++)
        {
            var behind = i - whole.Length;
            var digit = behind < 0 ? whole[i] : behind < fraction.Length ? fraction[behind] : '0';
            minor = (minor * 10) + (digit - '0');
            if (minor > LargestFen) return "sheets.amount_too_large";
        }
        amount = new(minor);
        return null;
    }

    /// <summary>Takes off currency marks and the sign, from both ends. No more than one sign is allowed.</summary>
    private static bool TryStrip(ref ReadOnlySpan<char> text, out bool negative)
    {
        var signs = 0;
        negative = false;
        for (var before = -1; before != text.Length;)
        {
            before = text.Length;
            foreach (var mark in Marks)
            {
                if (text.StartsWith(mark, StringComparison.OrdinalIgnoreCase)) text = text[mark.Length..];
                if (text.EndsWith(mark, StringComparison.OrdinalIgnoreCase)) text = text[..^mark.Length];
            }
            if (text is ['(', .. var inner, ')'])
            {
                text = inner;
                negative = true;
                signs++;
            }
            else if (text is ['-' or '−' or '–' or '—' or '+', ..])
            {
                negative = text[0] != '+';
                text = text[1..];
                signs++;
            }
            else if (text is [.., '-' or '−' or '–' or '—'])
            {
                text = text[..^1];
                negative = true;
                signs++;
            }
        }
        return signs <= 1 && !text.IsEmpty;
    }

    /// <summary>Thousands separators stand before every third digit of the whole part, or nowhere.</summary>
    private static bool IsGrouped(ReadOnlySpan<char> text)
    {
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        if (point >= 0 && text[point..].Contains(',')) return false;
        var first = whole.IndexOf(',');
        if (first < 0) return true;
        if (first is 0 or > 3 || (whole.Length - first) % 4 != 0) return false;
        for (var i = first; i < whole.Length; i += 4)
        {
            if (whole[i] != ',') return false;
        }
        return whole.Count(',') == (whole.Length - first) / 4;
    }
}
