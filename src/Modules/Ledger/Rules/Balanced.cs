namespace HaoSuan.Ledger;

/// <summary>Only a balanced entry may be posted; another one is a bug of whoever hands it in.</summary>
internal static class Balanced
{
    public static void Check(Entry entry)
    {
        if (entry.Postings.Count < 2) throw new ArgumentException($"{entry.Source}: an entry has at least two postings.", nameof(entry));
        if (entry.Postings.Any(p => p.Amount.IsZero)) throw new ArgumentException($"{entry.Source}: a posting of zero.", nameof(entry));
        var sum = Sum(entry);
        if (sum != 0) throw new ArgumentException($"{entry.Source}: not balanced, by {sum} minor units.", nameof(entry));
    }

    /// <summary>The sum of all postings, too wide to overflow.</summary>
    public static Int128 Sum(Entry entry) => entry.Postings.Aggregate((Int128)0, (sum, p) => sum + p.Amount.Minor);
}
