namespace HaoSuan.Payments;

/// <summary>Channels count days in China's time, whatever the operator's zone; the bill of a day is there at ten the next morning.</summary>
internal static class ChannelCalendar
{
    private static readonly TimeSpan Ready = TimeSpan.FromHours(10);

    /// <summary>After so long a bill that is not there is late, and a channel is believed that there is none.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromHours(8);

    public static DateOnly DayOf(Instant at) => Zone.Shanghai.DateOf(at);

    public static (Instant From, Instant Until) SpanOf(DateOnly day) => (Zone.Shanghai.StartOf(day), Zone.Shanghai.StartOf(day.AddDays(1)));

    public static DateOnly LastReady(Instant now) => Zone.Shanghai.DateOf(now - Ready).AddDays(-1);

    public static bool IsLate(DateOnly day, Instant now) => now >= Zone.Shanghai.StartOf(day.AddDays(1)) + Ready + Late;
}
