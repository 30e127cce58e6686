using System.Globalization;

namespace HaoSuan.Kernel;

/// <summary>A moment in time: microseconds since 1970-01-01T00:00Z. It has no date; a <see cref="Zone"/> gives it one.</summary>
public readonly record struct Instant(long Microseconds) : IComparable<Instant>
{
    public const long MicrosecondsPerSecond = 1_000_000;
    public const long MicrosecondsPerDay = 86_400 * MicrosecondsPerSecond;

    public static readonly Instant MinValue = new(DateTimeOffset.MinValue.Ticks / 10 - (DateTimeOffset.UnixEpoch.Ticks / 10));
    public static readonly Instant MaxValue = new(DateTimeOffset.MaxValue.Ticks / 10 - (DateTimeOffset.UnixEpoch.Ticks / 10));

    public static Instant From(DateTimeOffset moment) => new((moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10);

    public DateTimeOffset ToDateTimeOffset() => new((Microseconds * 10) + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);

    public static Instant operator +(Instant a, TimeSpan b) => new(a.Microseconds + (b.Ticks / 10));
    public static Instant operator -(Instant a, TimeSpan b) => new(a.Microseconds - (b.Ticks / 10));
    public static TimeSpan operator -(Instant a, Instant b) => new((a.Microseconds - b.Microseconds) * 10);
    public static bool operator <(Instant a, Instant b) => a.Microseconds < b.Microseconds;
    public static bool operator >(Instant a, Instant b) => a.Microseconds > b.Microseconds;
    public static bool operator <=(Instant a, Instant b) => a.Microseconds <= b.Microseconds;
    public static bool operator >=(Instant a, Instant b) => a.Microseconds >= b.Microseconds;

    public static Instant Max(Instant a, Instant b) => a >= b ? a : b;
    public static Instant Min(Instant a, Instant b) => a <= b ? a : b;

    public int CompareTo(Instant other) => Microseconds.CompareTo(other.Microseconds);

    /// <summary>ISO 8601 in UTC, for logs. People see a local time, by <see cref="Zone.Format"/>.</summary>
    public override string ToString() =>
        ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

public static class TimeProviderExtensions
{
    extension(TimeProvider time)
    {
        public Instant Now => Instant.From(time.GetUtcNow());
    }
}
