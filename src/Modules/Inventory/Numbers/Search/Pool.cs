using System.Numerics;

namespace HaoSuan.Inventory;

/// <summary>What the database says of a number at some instant.</summary>
/// <param name="Supplement">In fen, where the import has named it.</param>
internal readonly record struct PoolLine(PackedNumber Number, long? Supplement, bool IsTaken, Instant? HeldUntil)
{
    public bool IsFree(Instant now) => !IsTaken && !(HeldUntil > now);
}

/// <summary>
/// All numbers of a product's pool in memory, in a shuffled sequence, 24 bytes for each. What a number is never changes. Whether it is free does:
/// so each has the instant until which it need not be asked for, and what is found is asked for in the database before it is shown.
/// </summary>
internal sealed class Pool
{
    public static readonly Pool Empty = new(0);

    // What belongs to an order comes back seldom. It is asked for again after an hour or two, each number at another time.
    private static readonly TimeSpan Passed = TimeSpan.FromHours(1);
    private static readonly long Spread = Passed.Ticks / TimeSpan.TicksPerMicrosecond;

    private readonly int _count;
    private readonly ulong[] _numbers;
    private readonly long[] _supplements;
    private readonly long[] _busyUntil;

    // Whole vectors: behind the last number there is nothing.
    private Pool(int count)
    {
        _count = count;
        _numbers = new ulong[(count + Vector<ulong>.Count - 1) / Vector<ulong>.Count * Vector<ulong>.Count];
        _supplements = new long[count];
        _busyUntil = new long[count];
    }

    public PackedNumber this[int place] => new(_numbers[place]);

    /// <summary>In fen, where the import has named it.</summary>
    public long? SupplementOf(int place) => _supplements[place] is >= 0 and var supplement ? supplement : null;

    /// <summary>The places of numbers that are asked for, in the pool's sequence.</summary>
    /// <param name="filter">What they are to be.</param>
    /// <param name="freeAt">Without those that are known not to be free then.</param>
    /// <param name="skip">How many are left out first.</param>
    /// <param name="most">How many are enough.</param>
    public List<int> Find(NumberFilter filter, Instant freeAt, int skip, int most)
    {
        List<int> found = [];
        for (var start = 0; start < _count && found.Count < most; start += Vector<ulong>.Count)
        {
            if (!filter.MayTake(new(_numbers, start))) continue;
            for (var place = start; place < Math.Min(start + Vector<ulong>.Count, _count) && found.Count < most; place++)
            {
                if (_busyUntil[place] > freeAt.Microseconds || !filter.Takes(this[place], _supplements[place])) continue;
                if (skip > 0) skip--;
                else found.Add(place);
            }
        }
        return found;
    }

    /// <summary>The pool as the database says it is: this one where it has no number more.</summary>
    /// <param name="lines">What the database says, each number at most once.</param>
    /// <param name="now">When it said so.</param>
    public Pool Updated(IReadOnlyList<PoolLine> lines, Instant now)
    {
        List<PoolLine> fresh = [];
        foreach (var line in lines)
        {
            if (PlaceOf(line.Number) is >= 0 and var place) _busyUntil[place] = BusyUntil(line, now);
            else fresh.Add(line);
        }
        return fresh.Count == 0 ? this : Merged(fresh, now);
    }

    private Pool Merged(List<PoolLine> fresh, Instant now)
    {
        var lines = fresh.ToArray();
        Array.Sort(Array.ConvertAll(lines, l => l.Number.Shuffle), lines);
        var merged = new Pool(_count + lines.Length);
        for (var (place, old, next) = (0, 0, 0); place < merged._count; place++)
        {
            if (next == lines.Length || (old < _count && this[old].Shuffle < lines[next].Number.Shuffle))
            {
                (merged._numbers[place], merged._supplements[place], merged._busyUntil[place]) = (_numbers[old], _supplements[old], _busyUntil[old]);
                old++;
            }
            else
            {
                var line = lines[next++];
                (merged._numbers[place], merged._supplements[place], merged._busyUntil[place]) =
                    (line.Number.Bits, line.Supplement ?? -1, BusyUntil(line, now));
            }
        }
        return merged;
    }

    private static long BusyUntil(PoolLine line, Instant now) =>
        line.IsTaken ? (now + Passed).Microseconds + (long)(line.Number.Shuffle % (ulong)Spread)
        : (line.HeldUntil ?? Instant.MinValue).Microseconds;

    private int PlaceOf(PackedNumber number)
    {
        var (from, to, key) = (0, _count - 1, number.Shuffle);
        while (from <= to)
        {
            var middle = from + ((to - from) / 2);
            var there = this[middle].Shuffle;
            if (there == key) return middle;
            if (there < key) from = middle + 1;
            else to = middle - 1;
        }
        return -1;
    }
}
