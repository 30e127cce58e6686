using System.Runtime.InteropServices;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>An amount to post under a key: target minus booked.</summary>
internal readonly record struct Delta(LineKey Key, Money Amount)
{
    public DistributorId Distributor => DistributorId.From(Guid.Parse(Key.Distributor));

    /// <summary>What has to be posted.</summary>
    public static List<Delta> Between(List<Line> target, IReadOnlyList<Line> booked) => booked.Count == 0 ? First(target) :
        Entries.Between(CollectionsMarshal.AsSpan(target), booked.Select(b => new Entry(b.Key, b.Amount))).ConvertAll(e => new Delta(e.Key, e.Amount));

    // Nothing was booked before: the target itself, in the order of the keys.
    private static List<Delta> First(List<Line> target)
    {
        var deltas = new List<Delta>(target.Count);
        foreach (var line in target)
        {
            if (!line.Amount.IsZero) deltas.Add(new(line.Key, line.Amount));
        }
        deltas.Sort((a, b) => LineKey.Compare(a.Key, b.Key));
        return deltas;
    }

    public static Money Sum(IEnumerable<Delta> deltas) => deltas.Aggregate(Money.Zero, (sum, d) => sum + d.Amount);
}
