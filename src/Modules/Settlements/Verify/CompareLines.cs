using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>Lines with the ledger: each posting to a distributor has its line, and each line is such a posting.</summary>
internal sealed class CompareLines(Db db, Books books)
{
    private const int Chunk = 1_000;
    private static readonly IReadOnlyList<string> Kinds = [JournalEntries.Settle, JournalEntries.Bonus];

    /// <summary>What is wrong, and what the entries have booked as owed by the upstreams.</summary>
    public async Task<(List<Refusal> Findings, Money Upstream)> FindAsync(CancellationToken cancel)
    {
        List<Refusal> findings = [];
        var (after, upstream) = (0L, Money.Zero);
        while (true)
        {
            var entries = await books.WalkAsync(Kinds, after, Chunk, cancel);
            var last = entries.Count < Chunk ? long.MaxValue : entries[^1].Number;
            var lines = (await db.Lines.AsNoTracking().Where(l => l.EntryNumber > after && l.EntryNumber <= last).ToListAsync(cancel))
                .ToLookup(l => l.EntryNumber);
            findings.AddRange(entries.SelectMany(e => Compare(e, lines[e.Number])));
            findings.AddRange(lines.Select(l => l.Key).Except(entries.Select(e => e.Number)).Select(n => Finding("line_without_entry", n)));
            upstream -= Sum(entries.SelectMany(e => e.Postings).Where(p => p.Account == Accounts.UpstreamCommission));
            if (last == long.MaxValue) return (findings, upstream);
            after = last;
        }
    }

    private static IEnumerable<Refusal> Compare(PostedEntry entry, IEnumerable<LineRow> lines)
    {
        var posted = entry.Postings.Where(p => p.Account.Code.StartsWith("liability:distributor:", StringComparison.Ordinal)).ToList();
        var rows = lines.ToDictionary(l => l.Position);
        if (rows.Keys.Any(position => position > posted.Count)) yield return Finding("line_without_posting", entry.Number);
        for (var position = 1; position <= posted.Count; position++)
        {
            var line = rows.GetValueOrDefault(position);
            if (line is null) yield return Finding("line_missing", entry.Number, position);
            else if (!IsSame(line, posted[position - 1], entry)) yield return Finding("line_differs", entry.Number, position);
        }
    }

    private static bool IsSame(LineRow line, Posting posting, PostedEntry entry) =>
        posting == new Posting(JournalEntries.AccountOf(line.DistributorId, line.State), -line.Amount)
        && (entry.OrderId ?? default) == line.OrderId && entry.At == line.AsOf;

    private static Money Sum(IEnumerable<Posting> postings) => postings.Aggregate(Money.Zero, (sum, p) => sum + p.Amount);

    private static Refusal Finding(string what, params object[] arguments) => new($"settlements.{what}", arguments);
}
