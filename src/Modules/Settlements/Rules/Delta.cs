using System.Runtime.InteropServices;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>An amount to post under a key: target minus booked.</summary>
internal sealed record Delta(LineKey Key, Money Amount, Instant EarnedAt, Instant? ReleasesAt)
{
    public DistributorId Distributor => DistributorId.From(Guid.Parse(Key.Distributor));

    /// <summary>What has to be posted. An amount that leaves the target keeps the instants under which it was booked.</summary>
    public static List<Delta> Between(List<Line> target, IReadOnlyList<Line> booked)
    {
        var instants = booked.Concat(target).GroupBy(line => line.Key).ToDictionary(g => g.Key, g => g.Last());
        var entries = Entries.Between(CollectionsMarshal.AsSpan(target), booked.Select(b => new Entry(b.Key, b.Amount)));
        return entries.ConvertAll(e => new Delta(e.Key, e.Amount, instants[e.Key].EarnedAt, instants[e.Key].ReleasesAt));
    }

    public static Money Sum(IEnumerable<Delta> deltas) => deltas.Aggregate(Money.Zero, (sum, d) => sum + d.Amount);
}
