using System.Buffers;

namespace HaoSuan.Settling.Reconciling;

/// <summary>Reads the cells that say whose row it is. Each gives the code of a fault, or null.</summary>
internal static class Identifiers
{
    private const string Loose = " -";
    private static readonly SearchValues<char> Masks = SearchValues.Create("•●·×✱∗﹡");
    private const int ExactDigits = 15;     // what a spreadsheet keeps of a number

    public static string? ReadOrder(ReadOnlySpan<char> cell, out Code order, out string? written)
    {
        (order, written) = (default, null);
        var text = Folding.Fold(cell, stackalloc char[Folding.Usual]);
        if (Folding.IsNothing(text)) return null;
        if (IsScientific(text) && text.IndexOfAny('.', '+') >= 0) return "sheets.scientific";
        order = Code.Of(WithoutZeroFraction(text));
        Span<char> upper = stackalloc char[24];
        if (!text.SequenceEqual(order.Write(upper))) written = text.ToString();
        return null;
    }

    public static string? ReadIccid(ReadOnlySpan<char> cell, out Code iccid)
    {
        iccid = default;
        var text = Folding.Fold(cell, stackalloc char[Folding.Usual]);
        if (Folding.IsNothing(text)) return null;
        if (IsScientific(text)) return "sheets.scientific";
        iccid = Code.Of(WithoutZeroFraction(Folding.Without(text, Loose, stackalloc char[Folding.Usual])));
        return null;
    }

    public static string? ReadPhone(ReadOnlySpan<char> cell, out Code phone, out bool masked)
    {
        (phone, masked) = (default, false);
        var text = Folding.Fold(cell, stackalloc char[Folding.Usual]);
        if (Folding.IsNothing(text)) return null;
        if (IsScientific(text)) return "sheets.scientific";
        text = WithoutZeroFraction(Folding.Without(text, Loose, stackalloc char[Folding.Usual]));
        if (text is ['+', ..]) text = text[1..];
        if (text is ['0', '0', '8', '6', .. { Length: 11 } abroad]) text = abroad;
        if (text is ['8', '6', .. { Length: 11 } national]) text = national;
        text = WithStars(text, stackalloc char[Folding.Usual]);
        phone = Code.Of(text);
        masked = text.IndexOfAny("*Xx") >= 0;
        return null;
    }

    /// <summary>1.39E+10 and the like: a spreadsheet has taken the digits for a number and dropped some.</summary>
    public static bool IsScientific(ReadOnlySpan<char> text)
    {
        var e = text.IndexOfAny('E', 'e');
        return e > 0 && IsNumber(text[..e]) && IsExponent(text[(e + 1)..]);
    }

    private static bool IsExponent(ReadOnlySpan<char> text) =>
        text is ['+' or '-', .. var rest] ? IsDigits(rest) : IsDigits(text) && text.Length <= 3;

    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text is ['+' or '-', ..]) text = text[1..];
        var point = text.IndexOf('.');
        return point < 0 ? IsDigits(text) : IsDigits(text[..point]) && IsDigits(text[(point + 1)..]);
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>"18676397250.0", as tools write that take every number for a fraction.</summary>
    private static ReadOnlySpan<char> WithoutZeroFraction(ReadOnlySpan<char> text)
    {
        var point = text.IndexOf('.');
        if (point is <= 0 or > ExactDigits || point == text.Length - 1 || !IsDigits(text[..point])) return text;
        return text[(point + 1)..].ContainsAnyExcept('0') ? text : text[..point];
    }

    private static ReadOnlySpan<char> WithStars(ReadOnlySpan<char> text, Span<char> buffer)
    {
        if (text.IndexOfAny(Masks) < 0) return text;
        if (text.Length > buffer.Length) buffer = new char[text.Length];
        for (var i = 0; i < text.Length; i++) buffer[i] = Masks.Contains(text[i]) ? '*' : text[i];
        return buffer[..text.Length];
    }
}
