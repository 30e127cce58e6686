namespace HaoSuan.Catalog;

/// <summary>When a version may come into force: never in the past, and after every version that is live.</summary>
internal static class Dates
{
    /// <param name="asked">The instant that was asked for; null: now. An earlier hour of today means now as well.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="zone">The tenant's calendar.</param>
    public static Instant Start(Instant? asked, Instant now, Zone zone) =>
        asked is not { } from || (from < now && zone.DateOf(from) == zone.DateOf(now)) ? now : from;

    public static Refusal? Fault(Instant? asked, Instant now, Zone zone, IReadOnlyList<PublishedScheme> live)
    {
        var from = Start(asked, now, zone);
        if (from < now) return new Refusal("catalog.from_is_past").On("from");
        var last = live.MaxBy(v => v.InForceFrom);
        return last is not null && from <= last.InForceFrom
            ? new Refusal("catalog.from_before_last", last.Version, Moments.Text(last.InForceFrom, zone)).On("from")
            : null;
    }
}
