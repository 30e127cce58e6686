namespace HaoSuan.Settling;

/// <summary>When an earned amount passes from pending (冻结) to available (可提现).</summary>
public abstract record Release
{
    private Release() { }

    /// <summary>Additionally not before the upstream has confirmed the stage; until then there is no release instant.</summary>
    public bool AwaitsUpstream { get; init; }

    /// <summary>The release instant. It may lie before the instant earned: then the amount is available at once.</summary>
    public abstract Instant Of(Instant earned, Zone zone);

    /// <summary>秒结: the instant earned.</summary>
    public sealed record AtOnce : Release
    {
        public override Instant Of(Instant earned, Zone zone) => earned;
    }

    /// <summary>T+n: the local midnight n dates after the date earned.</summary>
    public sealed record Days(int Count) : Release
    {
        public override Instant Of(Instant earned, Zone zone) => zone.StartOfDay(zone.DayNumberOf(earned) + Count);
    }

    /// <summary>周结: the midnight of the first such weekday (ISO, 1 = Monday) strictly after the date earned.</summary>
    public sealed record Weekly(int Weekday) : Release
    {
        public override Instant Of(Instant earned, Zone zone)
        {
            var tomorrow = zone.DayNumberOf(earned) + 1;
            var weekday = (tomorrow % 7) + 1;       // day number 0, 0001-01-01, was a Monday
            return zone.StartOfDay(tomorrow + ((Weekday - weekday + 7) % 7));
        }
    }

    /// <summary>次月 15 日结 (1, 15): the midnight of that day of a later month; a day past its end means its last day.</summary>
    public sealed record Monthly(int Months, int Day) : Release
    {
        public override Instant Of(Instant earned, Zone zone) =>
            zone.StartOf((Month.Of(zone.DateOf(earned)) + Months).Day(Day));
    }
}
