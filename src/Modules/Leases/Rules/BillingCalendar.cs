namespace HaoSuan.Leases;

/// <summary>
/// When the months of a lease begin: on the day of the month on which it began, in a shorter month on its last day. Counted from the contract day
/// each time, so that one that began on 31 January is billed on 28 February and on 31 March.
/// </summary>
internal static class BillingCalendar
{
    /// <summary>The first day of that month of the lease, counted from 0.</summary>
    public static DateOnly StartOf(DateOnly contractDay, int period) => (Month.Of(contractDay) + period).Day(contractDay.Day);

    public static DateOnly EndOf(DateOnly contractDay, int period) => StartOf(contractDay, period + 1).AddDays(-1);

    /// <summary>How many months have begun by the end of that day: 1 on the contract day, 0 before it.</summary>
    public static int BegunBy(DateOnly contractDay, DateOnly day)
    {
        if (day < contractDay) return 0;
        var months = Month.Of(day) - Month.Of(contractDay);
        return StartOf(contractDay, months) <= day ? months + 1 : months;
    }
}
