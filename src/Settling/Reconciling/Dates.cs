using System.Buffers;

namespace HaoSuan.Settling.Reconciling;

/// <summary>Reads dates and months as sheets write them. The time of day is read over: matching is by day.</summary>
internal static class Dates
{
    private static readonly int SerialZero = new DateOnly(1899, 12, 30).DayNumber;
    private static readonly SearchValues<char> OfTime = SearchValues.Create(" Tt0123456789:.+-Z时点分秒上下午AaPpMm");
    private static readonly int MacSerialZero = new DateOnly(1904, 1, 1).DayNumber;

    /// <summary>Gives the code of a fault, or null. No date is day 0.</summary>
    public static string? ReadDay(ReadOnlySpan<char> cell, bool from1904, out int day)
    {
        day = 0;
        var text = Folding.Fold(cell, stackalloc char[Folding.Usual]);
        if (Folding.IsNothing(text)) return null;
        if (Identifiers.IsScientific(text)) return "sheets.scientific";
        return TrySerial(text, from1904, out day) || TryCompact(text, out day) || TryParted(text, out day) ? null : "sheets.not_a_date";
    }

    /// <summary>Gives the code of a fault, or null. A date stands for its month; no month is null.</summary>
    public static string? ReadMonth(ReadOnlySpan<char> cell, bool from1904, out Month? month)
    {
        month = null;
        var text = Folding.Fold(cell, stackalloc char[Folding.Usual]);
        if (Folding.IsNothing(text)) return null;
        if (TryMonth(text, out var read))
        {
            month = read;
            return null;
        }
        var until = text.IndexOfAny('~', '至');
        if (ReadDay(until > 0 ? text[..until] : text, from1904, out var day) is not null || day == 0) return "sheets.not_a_month";
        month = Month.Of(DateOnly.FromDayNumber(day));
        return null;
    }

    /// <summary>46105.978472: days since the end of 1899 (or since 1904, in old workbooks of a Mac).</summary>
    private static bool TrySerial(ReadOnlySpan<char> text, bool from1904, out int day)
    {
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        day = 0;
        if (whole.Length != 5 || !TryNumber(whole, out var serial) || fraction.ContainsAnyExceptInRange('0', '9')) return false;
        day = serial + (from1904 ? MacSerialZero : SerialZero);
        return DateOnly.FromDayNumber(day).Year is >= 1980 and <= 2100;
    }

    /// <summary>20260305, 202603050900, 20260305090000, 20260305 09:00.</summary>
    private static bool TryCompact(ReadOnlySpan<char> text, out int day)
    {
        day = 0;
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0) digits = text.Length;
        if (digits is not (8 or 12 or 14 or 17) || !IsTime(text[digits..])) return false;
        if (digits > 8 && (text.Length > digits || !IsClock(text[8..digits]))) return false;
        return TryNumber(text[..4], out var year) && TryNumber(text[4..6], out var month) && TryNumber(text[6..8], out var dayOfMonth)
            && TryDate(year, month, dayOfMonth, out day);
    }

    /// <summary>2026/3/5 9:00, 2026-03-05T09:00:00, 2026.3.5, 2026年3月5日.</summary>
    private static bool TryParted(ReadOnlySpan<char> text, out int day)
    {
        day = 0;
        if (!TryTake(ref text, 4, 4, "-/.年", out var year) || !TryTake(ref text, 1, 2, "-/.月", out var month)) return false;
        text = text.TrimStart();
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0) digits = text.Length;
        if (digits is 0 or > 2 || !TryNumber(text[..digits], out var dayOfMonth)) return false;
        text = text[digits..];
        if (text is ['日' or '号', ..]) text = text[1..];
        else if (text is not ([] or [' ' or 'T' or 't', ..])) return false;
        return IsTime(text) && TryDate(year, month, dayOfMonth, out day);
    }

    /// <summary>202603, 2026-03, 2026/3, 2026年3月, 2026年03月账期.</summary>
    private static bool TryMonth(ReadOnlySpan<char> text, out Month month)
    {
        month = default;
        foreach (var word in (ReadOnlySpan<string>)["账期", "帐期", "份", "月"])
        {
            if (text.EndsWith(word, StringComparison.Ordinal)) text = text[..^word.Length];
        }
        int year, ofYear;
        if (text.Length == 6 && TryNumber(text, out var compact)) (year, ofYear) = (compact / 100, compact % 100);
        else if (!TryTake(ref text, 4, 4, "-/.年", out year) || text.Length > 2 || !TryNumber(text.TrimStart(), out ofYear)) return false;
        if (year is < 1980 or > 2100 || ofYear is < 1 or > 12) return false;
        month = new(year, ofYear);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, int least, int most, string ends, out int number)
    {
        number = 0;
        text = text.TrimStart();
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits < least || digits > most || !TryNumber(text[..digits], out number)) return false;
        var rest = text[digits..].TrimStart();
        if (rest.IsEmpty || !ends.Contains(rest[0], StringComparison.Ordinal)) return false;
        text = rest[1..];
        return true;
    }

    private static bool TryDate(int year, int month, int dayOfMonth, out int day)
    {
        day = 0;
        if (year is < 1980 or > 2100 || month is < 1 or > 12) return false;
        if (dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month)) return false;
        day = new DateOnly(year, month, dayOfMonth).DayNumber;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > 9) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            number = (number * 10) + (c - '0');
        }
        return true;
    }

    private static bool IsTime(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(OfTime);

    private static bool IsClock(ReadOnlySpan<char> digits) =>
        TryNumber(digits[..2], out var hour) && hour <= 24 && TryNumber(digits[2..4], out var minute) && minute < 60
        && (digits.Length < 6 || (TryNumber(digits[4..6], out var second) && second < 60));
}
