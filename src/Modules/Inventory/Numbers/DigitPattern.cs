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
    private const int Window = 4;

    // What both ways are weighed by: the numbers of a page, and of a big pool.
    private const double Page = 20;
    private const double Pool = 1_000_000;

    // Two windows at once leave few numbers to look at, but their entries have to be read.
    private const double ByTwoWindows = 0.3;

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
    /// For each place where it may begin, the windows that all hold there; null where it is faster to try number after number.
    /// </summary>
    /// <param name="share">How many of all numbers may be taken anyway, by what else is asked for.</param>
    /// <param name="most">How many would have to be tried at most.</param>
    public IReadOnlyList<IReadOnlyList<FourDigits>>? Narrow(double share, double most)
    {
        var starts = Enumerable.Range(_first, _last - _first + 1).Select(Places).ToList();
        var tried = Math.Min(most, Page / (share * starts.Sum(Share)));
        var windows = starts.ConvertAll(Windows);
        if (windows.Exists(w => w.Count == 0)) return null;
        var looked = windows.Sum(w => Pool * Share(w[0].Count) * (w.Count > 1 ? ByTwoWindows : 1));
        return looked < tried ? windows.ConvertAll(w => (IReadOnlyList<FourDigits>)w.ConvertAll(p => new FourDigits(p.Place, Values(p.Digits)))) : null;
    }

    private static double Share(int known) => Math.Pow(10, -known);

    private static double Share(string number) => Share(Known(number[1..]));

    private static int Known(string digits) => digits.Count(d => d != '?');

    // All eleven places, where it begins at that one.
    private string Places(int start) => ('1' + new string('?', Length - 1)).Remove(start - 1, _places.Length).Insert(start - 1, _places);

    private static List<(int Place, string Digits, int Count)> Windows(string number)
    {
        var all = Enumerable.Range(1, Length - Window + 1).Reverse()
            .Select(place => (Place: place, Digits: number.Substring(place - 1, Window), Count: Known(number[Math.Max(1, place - 1)..(place - 1 + Window)])))
            .Where(w => w.Count >= 2).ToList();
        if (all.Count == 0) return [];
        var best = all.MaxBy(w => w.Count);
        var other = all.Where(w => Math.Abs(w.Place - best.Place) >= Window - 1).Take(best.Count == 2 ? 1 : 0);
        return [best, .. other];
    }

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
        var places = string.Concat((text ?? "").Select(c => c is '?' or '？' or '*' or '_' ? '?' : c).Where(c => c == '?' || char.IsAsciiDigit(c)));
        return places.Any(char.IsAsciiDigit) ? places : null;
    }
}
