namespace HaoSuan.Web.Demo;

/// <summary>
/// The clock of a demonstration: both sides of every wire go by it, so signatures and notices fit. It is moved from event to event
/// until the month is over, and then goes like any other.
/// </summary>
public sealed class DemoClock : TimeProvider
{
    private long _ticks;
    private volatile bool _live = true;

    public override DateTimeOffset GetUtcNow() => _live ? base.GetUtcNow() : new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    /// <summary>Stops, at an instant of the past.</summary>
    public void StopAt(Instant instant)
    {
        Interlocked.Exchange(ref _ticks, instant.ToDateTimeOffset().UtcTicks);
        _live = false;
    }

    /// <summary>Goes on to that instant. It never goes back.</summary>
    public void MoveTo(Instant instant) =>
        Interlocked.Exchange(ref _ticks, Math.Max(Interlocked.Read(ref _ticks), instant.ToDateTimeOffset().UtcTicks));

    /// <summary>Goes by the machine's clock from now on.</summary>
    public void Run() => _live = true;
}
