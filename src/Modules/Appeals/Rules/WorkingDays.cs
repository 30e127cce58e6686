namespace HaoSuan.Appeals;

/// <summary>
/// The calendar of deadlines: Saturdays and Sundays do not count. Public holidays are no exception, so that a deadline can be
/// counted by everybody and never changes afterwards.
/// </summary>
internal static class WorkingDays
{
    /// <summary>The day that is so many working days after the given one, which does not count itself.</summary>
    public static DateOnly After(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day)) count--;
        }
        return day;
    }

    /// <summary>How many working days lie after the first and up to the last; none where that is not later.</summary>
    public static int Between(DateOnly first, DateOnly last)
    {
        var count = 0;
        for (var day = first.AddDays(1); day <= last; day = day.AddDays(1))
            if (IsWorkingDay(day)) count++;
        return count;
    }

    private static bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
