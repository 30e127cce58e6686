using System.Globalization;

namespace HaoSuan.Ui;

/// <summary>Moments as people read them.</summary>
public static class Moments
{
    /// <summary>"2026-03-05 09:00" in the zone.</summary>
    public static string Text(Instant at, Zone zone) =>
        zone.ToLocal(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>How far from now, in the largest whole unit: 刚刚, 5 分钟前, 3 天后. Beyond thirty days a date says more: null.</summary>
    public static string? Relative(Instant at, Instant now)
    {
        var distance = (at - now).Duration();
        var direction = at > now ? "后" : "前";
        return distance switch
        {
            { TotalMinutes: < 1 } => "刚刚",
            { TotalHours: < 1 } => $"{(int)distance.TotalMinutes} 分钟{direction}",
            { TotalDays: < 1 } => $"{(int)distance.TotalHours} 小时{direction}",
            { TotalDays: < 31 } => $"{(int)distance.TotalDays} 天{direction}",
            _ => null,
        };
    }
}
