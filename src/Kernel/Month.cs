using System.Globalization;

namespace HaoSuan.Kernel;

/// <summary>A calendar month (账期). Months are counted from January of year 0, so that two of them subtract to a number of months.</summary>
public readonly record struct Month(int Number) : IComparable<Month>
{
    public Month(int year, int month) : this((year * 12) + month - 1) { }

    public int Year => Number / 12;
    public int OfYear => (Number % 12) + 1;
    public DateOnly First => new(Year, OfYear, 1);
    public DateOnly Last => First.AddMonths(1).AddDays(-1);

    public static Month Of(DateOnly date) => new(date.Year, date.Month);

    public static Month operator +(Month month, int months) => new(month.Number + months);
    public static int operator -(Month a, Month b) => a.Number - b.Number;
    public static bool operator <(Month a, Month b) => a.Number < b.Number;
    public static bool operator >(Month a, Month b) => a.Number > b.Number;
    public static bool operator <=(Month a, Month b) => a.Number <= b.Number;
    public static bool operator >=(Month a, Month b) => a.Number >= b.Number;

    public int CompareTo(Month other) => Number.CompareTo(other.Number);

    /// <summary>That day of the month; a day past the month's end means its last day.</summary>
    public DateOnly Day(int day) => new(Year, OfYear, Math.Min(day, DateTime.DaysInMonth(Year, OfYear)));

    public static bool TryParse(string text, out Month month)
    {
        var read = DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first);
        month = read ? Of(first) : default;
        return read;
    }

    /// <summary>"2026-03".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{OfYear:00}");
}
