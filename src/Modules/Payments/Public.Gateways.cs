namespace HaoSuan.Payments;

/// <summary>Calls of some time together.</summary>
/// <param name="Within">How many took at most 100, 300, 1000 and 3000 milliseconds: each of them only once.</param>
public sealed record GatewayWindow(int Calls, int Failed, IReadOnlyList<int> Within)
{
    /// <summary>The bounds of <see cref="Within"/>; what takes longer is beyond the last.</summary>
    public static readonly IReadOnlyList<int> Bounds = [100, 300, 1000, 3000];

    private const int Enough = 5;
    private const int BadPercent = 20;
    private const int GoodPercent = 5;
    private const int SlowestPercent = 95;

    /// <summary>So many of a hundred calls brought an answer; null where there was none.</summary>
    public int? SuccessPercent => Calls == 0 ? null : (Calls - Failed) * 100 / Calls;

    /// <summary>Within so many milliseconds that percentage of the calls was over; null where that is beyond the last bound, or nothing was called.</summary>
    public int? Percentile(int percent)
    {
        var wanted = (((long)Calls * percent) + 99) / 100;
        if (Calls == 0) return null;
        var over = 0L;
        foreach (var (bound, count) in Bounds.Zip(Within))
        {
            over += count;
            if (over >= wanted) return bound;
        }
        return null;
    }

    /// <summary>A fifth of the calls brings no answer, or one in twenty takes longer than three seconds. A few calls tell nothing.</summary>
    public bool IsBad => Calls >= Enough && (Failed * 100 >= Calls * BadPercent || Percentile(SlowestPercent) is null);

    /// <summary>Nearly all calls bring an answer in time again: not only a little fewer fail.</summary>
    public bool IsGood => Calls > 0 && Failed * 100 <= Calls * GoodPercent && Percentile(SlowestPercent) is not null;
}

/// <summary>An hour of a channel.</summary>
public sealed record GatewayHour(Instant From, GatewayWindow Calls);

/// <summary>When a channel was in trouble; <c>RecoveredAt</c> is null while it is.</summary>
public sealed record GatewayAlarm(Instant Since, Instant? RecoveredAt, int Calls, int Failed);

/// <summary>A genuine notice that is not ours.</summary>
public sealed record OddNotice(Guid Id, string Channel, string NoticeId, string Number, string Code, Instant At);

/// <summary>How a channel has done in the last 24 hours.</summary>
public sealed record GatewayState(
    string Channel, GatewayWindow Day, IReadOnlyList<GatewayHour> Hours, IReadOnlyList<(string Code, int Count)> Errors, IReadOnlyList<GatewayAlarm> Alarms,
    Instant? LastNotice, Instant? LastRefused, string? RefusedCode)
{
    public bool IsInTrouble => Alarms.Any(a => a.RecoveredAt is null);
}
