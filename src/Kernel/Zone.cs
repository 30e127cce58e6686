using System.Collections.Concurrent;
using System.Globalization;

namespace HaoSuan.Kernel;

/// <summary>
/// A tenant's time zone: the only way from an instant to a calendar date and back. The zone's offsets from 1900 to 2200
/// are tabulated once, so that a conversion is a short binary search.
/// </summary>
public sealed class Zone
{
    private static readonly ConcurrentDictionary<string, Zone> Tabulated = [];      // only zones that exist: some hundreds

    public static readonly Zone Shanghai = Find("Asia/Shanghai")!;

    private readonly long[] _from;      // instant (µs) from which the offset of the same index holds
    private readonly long[] _offset;    // µs east of UTC

    private Zone(string id, TimeZoneInfo zone)
    {
        Id = id;
        (_from, _offset) = Tabulate(zone);
    }

    public string Id { get; }

    /// <summary>The zone of an IANA name, or null where there is none.</summary>
    public static Zone? Find(string id) =>
        (id.Contains('/', StringComparison.Ordinal) || id == "UTC") && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? Tabulated.GetOrAdd(id, _ => new(id, zone))
            : null;

    public DateOnly DateOf(Instant instant) => DateOnly.FromDayNumber(DayNumberOf(instant));

    /// <summary>The local calendar date as <see cref="DateOnly.DayNumber"/>.</summary>
    public int DayNumberOf(Instant instant) =>
        (int)FloorDiv(instant.Microseconds + OffsetAt(instant), Instant.MicrosecondsPerDay) + UnixEpochDay;

    /// <summary>The instant at which the local date begins (where a clock change skips midnight: the first instant of that date).</summary>
    public Instant StartOf(DateOnly date) => StartOfDay(date.DayNumber);

    public Instant StartOfDay(int dayNumber)
    {
        var local = (dayNumber - UnixEpochDay) * Instant.MicrosecondsPerDay;
        var last = IndexAt(local - _offset[IndexAt(local)] + Instant.MicrosecondsPerDay);
        for (var i = Math.Max(0, IndexAt(local - Instant.MicrosecondsPerDay)); i <= last; i++)
        {
            var instant = Math.Max(local - _offset[i], _from[i]);
            var until = i + 1 < _from.Length ? _from[i + 1] : long.MaxValue;
            if (instant < until) return new(instant);
        }
        return new(local - _offset[last]);
    }

    public DateTimeOffset ToLocal(Instant instant) =>
        instant.ToDateTimeOffset().ToOffset(new TimeSpan(OffsetAt(instant) * 10));

    /// <summary>"2026-03-05T09:00:00+08:00": to the second, with the zone's offset.</summary>
    public string Format(Instant instant) =>
        ToLocal(instant).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private const int UnixEpochDay = 719_162;

    private long OffsetAt(Instant instant) => _offset[IndexAt(instant.Microseconds)];

    private int IndexAt(long microseconds)
    {
        var last = _from.Length - 1;
        if (microseconds >= _from[last]) return last;
        var found = Array.BinarySearch(_from, microseconds);
        return Math.Max(0, found >= 0 ? found : ~found - 1);
    }

    private static long FloorDiv(long a, long b) => (a / b) - (a % b < 0 ? 1 : 0);

    private static (long[] From, long[] Offset) Tabulate(TimeZoneInfo zone)
    {
        List<long> from = [long.MinValue], offset = [];
        var hour = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var end = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);
        offset.Add(zone.GetUtcOffset(hour).Ticks / 10);
        for (var day = hour; day < end; day = day.AddDays(1))
        {
            var next = day.AddDays(1);
            if (zone.GetUtcOffset(next).Ticks / 10 == offset[^1]) continue;
            var (low, high) = (day, next);
            while (high - low > TimeSpan.FromSeconds(1))
            {
                var middle = low + TimeSpan.FromSeconds(Math.Floor((high - low).TotalSeconds / 2));
                if (zone.GetUtcOffset(middle).Ticks / 10 == offset[^1]) low = middle;
                else high = middle;
            }
            from.Add(Instant.From(high).Microseconds);
            offset.Add(zone.GetUtcOffset(high).Ticks / 10);
        }
        return ([.. from], [.. offset]);
    }
}
