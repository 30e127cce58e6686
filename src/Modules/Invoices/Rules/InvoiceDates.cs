namespace HaoSuan.Invoices;

/// <summary>How long things may take.</summary>
internal static class InvoiceDates
{
    /// <summary>A red letter that its buyer has to confirm lapses unconfirmed (国家税务总局公告2024年第11号).</summary>
    public static readonly TimeSpan ToConfirm = TimeSpan.FromHours(72);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>How long to wait before the issuer is asked again, the longer the longer it has been silent.</summary>
    public static TimeSpan Pause(TimeSpan silent) => TimeSpan.FromTicks(Math.Clamp(silent.Ticks / 4, ShortestPause.Ticks, LongestPause.Ticks));
}
