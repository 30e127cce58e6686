namespace HaoSuan.Inventory;

/// <summary>The digits that a number is to have, "?" for one digit whichever (选号): at its tail, or anywhere.</summary>
internal static class DigitPattern
{
    /// <summary>How a number may have them at its tail; of eleven places, as a whole. Empty: no number can. Null where the text names no digit.</summary>
    public static IReadOnlyList<PackedDigits>? AtTail(string? text) => Clean(text) is { } places ? [.. Ways(places).Take(1)] : null;

    /// <summary>How a number may have them, one way for each place where they may stand. Empty: no number can. Null where the text names no digit.</summary>
    public static IReadOnlyList<PackedDigits>? Anywhere(string? text) => Clean(text) is { } places ? [.. Ways(places)] : null;

    // From the tail to the head.
    private static IEnumerable<PackedDigits> Ways(string places) =>
        Enumerable.Range(0, Math.Max(0, PackedNumber.Length - places.Length + 1)).Select(behind => PackedDigits.Of(places + new string('?', behind)));

    private static string? Clean(string? text)
    {
        var places = string.Concat((text ?? "").Select(Narrowed).Where(c => c == '?' || char.IsAsciiDigit(c)));
        return places.Any(char.IsAsciiDigit) ? places : null;
    }

    // Digits and signs as a Chinese keyboard writes them are meant as well.
    private static char Narrowed(char c) => c is >= '０' and <= '９' ? (char)(c - '０' + '0') : c is '?' or '？' or '*' or '＊' or '_' ? '?' : c;
}
