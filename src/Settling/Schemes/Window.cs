namespace HaoSuan.Settling;

/// <summary>The instants e with From &lt;= e &lt; Until.</summary>
public readonly record struct Interval(Instant From, Instant Until)
{
    public static readonly Interval Always = new(Instant.MinValue, Instant.MaxValue);

    public bool Contains(Instant instant) => instant >= From && instant < Until;
}

/// <summary>
/// When a fact must happen to qualify: at or after the earliest fact of the kind <paramref name="After"/> (any time where
/// it is null), and up to <paramref name="Days"/> calendar days or <paramref name="Months"/> calendar months after it,
/// both inclusive (0 months: in the same month).
/// </summary>
public readonly record struct Window(string? After, int? Days = null, int? Months = null)
{
    /// <summary>The window among these facts, or null while there is no fact that opens it.</summary>
    public Interval? Among(Facts facts)
    {
        if (After is null) return Interval.Always;
        if (facts.Earliest(After) is not { } opening) return null;
        var until = Instant.MaxValue;
        if (Days is { } days) until = facts.Zone.StartOfDay(facts.Zone.DayNumberOf(opening.At) + days + 1);
        if (Months is { } months) until = Instant.Min(until, facts.StartOfMonth(opening.At, months + 1));
        return new(opening.At, until);
    }
}
