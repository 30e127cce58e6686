namespace HaoSuan.Inventory;

/// <summary>Four neighbouring digits of a number, by the place of the first, from 1, and what they may be.</summary>
internal sealed record FourDigits(int Place, IReadOnlyList<short> Values);

/// <summary>
/// The digits that a number is to have, "?" for one digit whichever (选号): at its tail, or anywhere. How such numbers are found fast among a
/// million: what is frequent by trying one after another in a random sequence, what is rare by the four digits from some place on, which are columns.
/// </summary>
internal sealed record DigitPattern
{
    private const int Length = 11;
    private const int Width = 4;

    // What both ways are weighed by: the numbers of a page, and of a big pool.
    private const double Page = 20;
    private const double Pool = 1_000_000;

    // To try a number reads one entry of an index, in sequence; to look one up reads its row, which lies anywhere, and that takes so many times as long.
    private const double Row = 5;

    private readonly string _places;
    private readonly int _first;
    private readonly int _last;

    private DigitPattern(string places, int first, int last) => (_places, _first, _last) = (places, first, last);

    /// <summary>Null where the text names no digit.</summary>
    public static DigitPattern? AtTail(string? text) =>
        Clean(text) is { } places ? new(places, Length - places.Length + 1, Length - places.Length + 1) : null;

    /// <summary>Null where the text names no digit. One of eleven places fits only as a whole.</summary>
    public static DigitPattern? Anywhere(string? text) =>
        Clean(text) is { } places ? new(places, places[0] is '1' or '?' ? 1 : 2, Length - places.Length + 1) : null;

    /// <summary>Mobile numbers have eleven digits and begin with 1.</summary>
    public bool IsPossible => _places.Length <= Length && _first <= _last && (_first > 1 || _places[0] is '1' or '?');

    public bool Has(char digit) => _places.Contains(digit, StringComparison.Ordinal);

    /// <summary>For SQL's LIKE.</summary>
    public string Like => (_last > 1 ? "%" : "") + _places.Replace('?', '_') + (_first < _last ? "%" : "");

    /// <summary>
    /// For each place where it may begin, four digits of it; null where it is faster to try number after number.
    /// </summary>
    /// <param name="share">How many of all numbers may be taken anyway, by what else is asked for.</param>
    /// <param name="most">How many would have to be tried at most.</param>
    public IReadOnlyList<FourDigits>? Narrow(double share, double most)
    {
        var starts = Enumerable.Range(_first, _last - _first + 1).Select(Places).ToList();
        var tried = Math.Min(most, Page / (share * starts.Sum(number => Share(Known(number, 1, Length)))));
        var windows = starts.ConvertAll(BestWindow);
        // By each alone: PostgreSQL never combines indexes that share a column, and all begin with the tenant.
        var looked = windows.Sum(w => Row * Pool * Share(w.Known));
        return looked < tried ? windows.ConvertAll(w => new FourDigits(w.Place, Values(w.Digits))) : null;
    }

    private static double Share(int known) => Math.Pow(10, -known);

    // The first digit of a number is always 1 and tells nothing.
    private static int Known(string number, int place, int count) => Enumerable.Range(place, count).Count(p => p > 1 && number[p - 1] != '?');

    // All eleven places, where it begins at that one.
    private string Places(int start) => ('1' + new string('?', Length - 1)).Remove(start - 1, _places.Length).Insert(start - 1, _places);

    private static (int Place, string Digits, int Known) BestWindow(string number) => Enumerable.Range(1, Length - Width + 1).Reverse()
        .Select(place => (place, number.Substring(place - 1, Width), Known(number, place, Width))).MaxBy(w => w.Item3);

    private static List<short> Values(string digits)
    {
        List<short> values = [0];
        foreach (var digit in digits)
        {
            IEnumerable<int> may = digit == '?' ? Enumerable.Range(0, 10) : [digit - '0'];
            values = [.. from value in values from next in may select (short)((value * 10) + next)];
        }
        return values;
    }

    private static string? Clean(string? text)
    {
        var places = string.Concat((text ?? "").Select(Narrowed).Where(c => c == '?' || char.IsAsciiDigit(c)));
        return places.Any(char.IsAsciiDigit) ? places : null;
    }

    // Digits and signs as a Chinese keyboard writes them are meant as well.
    private static char Narrowed(char c) => c is >= '０' and <= '９' ? (char)(c - '０' + '0') : c is '?' or '？' or '*' or '＊' or '_' ? '?' : c;
}
