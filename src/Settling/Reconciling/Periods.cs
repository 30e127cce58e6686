namespace HaoSuan.Settling.Reconciling;

/// <summary>
/// Which periods fit a line. Where our lines name their period, that one. Where they don't, the sheet tells: the period of
/// most of its rows, or as many months after activation as with most of its rows. What takes back may be of any.
/// </summary>
internal sealed class Periods
{
    private readonly HashSet<int> _covered = [];
    private readonly int? _usual;
    private readonly int? _lag;

    public Periods(IReadOnlyList<Entry> lines, IReadOnlyList<Entry> rows)
    {
        Dictionary<int, int> periods = [], lags = [];
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Period is not { } period || rows[i].Amount < Money.Zero) continue;
            Count(periods, period.Number);
            if (rows[i].Day != 0) Count(lags, period - MonthOf(rows[i].Day));
        }
        (_usual, _lag) = (MostOf(periods), MostOf(lags));
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Period is { } period) _covered.Add(period.Number);
            else if (_usual is { } usual) _covered.Add(usual);
        }
    }

    /// <summary>Whether a row of that period can pay that line.</summary>
    public bool Fits(in Entry row, in Entry line)
    {
        if (row.Period is not { } period) return true;
        if (line.Period is { } named) return named == period;
        return period.Number == _usual || (line.Day != 0 && period - MonthOf(line.Day) == _lag);
    }

    /// <summary>Whether our lines speak of the row's period at all.</summary>
    public bool Covers(in Entry row) => row.Period is not { } period || _covered.Contains(period.Number);

    private static Month MonthOf(int day) => Month.Of(DateOnly.FromDayNumber(day));

    private static void Count(Dictionary<int, int> counts, int key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static int? MostOf(Dictionary<int, int> counts)
    {
        (int Count, int Key)? most = null;
        foreach (var (key, count) in counts)
        {
            if (most is null || (count, key).CompareTo(most.Value) > 0) most = (count, key);
        }
        return most?.Key;
    }
}
