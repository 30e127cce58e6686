using System.Runtime.InteropServices;

namespace HaoSuan.Settling;

/// <summary>An amount to post under a key, or what is booked under it.</summary>
public readonly record struct Entry(LineKey Key, Money Amount);

/// <summary>entries to post = target - booked, which is all that settling is.</summary>
public static class Entries
{
    /// <summary>What has to be posted to bring what is booked to the target: sorted by key, without amounts of zero.</summary>
    public static List<Entry> Between(ReadOnlySpan<Line> target, IEnumerable<Entry> booked)
    {
        var amounts = new Dictionary<LineKey, Money>();
        foreach (var (key, amount) in booked) Add(amounts, key, -amount);
        foreach (var line in target) Add(amounts, line.Key, line.Amount);
        List<Entry> entries = [];
        foreach (var (key, amount) in amounts)
        {
            if (!amount.IsZero) entries.Add(new(key, amount));
        }
        entries.Sort((a, b) => LineKey.Compare(a.Key, b.Key));
        return entries;
    }

    private static void Add(Dictionary<LineKey, Money> amounts, LineKey key, Money amount)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(amounts, key, out _);
        sum += amount;
    }
}
