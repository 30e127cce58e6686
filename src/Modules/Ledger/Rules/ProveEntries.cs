namespace HaoSuan.Ledger;

/// <summary>The entries of a batch that somebody may see, each with those of its postings that he may see, and the ways to the batch's root.</summary>
internal static class ProveEntries
{
    /// <param name="salt">The batch's.</param>
    /// <param name="entries">All of the batch, by id.</param>
    /// <param name="postings">All of theirs, by entry and line.</param>
    /// <param name="accounts">The codes of all accounts.</param>
    /// <param name="shown">The entries to show.</param>
    /// <param name="own">The accounts to show.</param>
    public static IEnumerable<ProvenEntry> Of(
        byte[] salt, IReadOnlyList<EntryRow> entries, IReadOnlyList<PostingRow> postings, IReadOnlyDictionary<int, string> accounts,
        IReadOnlySet<long> shown, IReadOnlyDictionary<int, string> own)
    {
        var (hashes, lines) = (new Hashes(), postings.ToLookup(p => p.EntryId));
        var read = entries.Select(e => e.Read(lines[e.Id], accounts)).ToList();
        var leaves = new byte[entries.Count * Merkle.Size];
        for (var i = 0; i < entries.Count; i++) hashes.Entry(salt, i, read[i], entries[i].Period, leaves.AsSpan(i * Merkle.Size, Merkle.Size));
        var positions = Enumerable.Range(0, entries.Count).Where(i => shown.Contains(entries[i].Id)).ToList();
        foreach (var (position, path) in positions.Zip(Merkle.Paths(leaves, positions)))
        {
            var (row, entry, rows) = (entries[position], read[position], lines[entries[position].Id].ToList());
            var mine = Enumerable.Range(0, rows.Count).Where(line => own.ContainsKey(rows[line].AccountId)).ToList();
            var below = hashes.PostingLeaves(salt, position, entry).ToArray();
            var (paths, blindings) = (Merkle.Paths(below, mine), hashes.Blindings(salt, position, rows.Count).ToArray());
            yield return new(
                position, row.Kind, row.Source, row.At, row.Period, row.Memo, rows.Count, Merkle.Root(below),
                [.. mine.Zip(paths).Select(m => Posting(m.First, m.Second))], path, row.OrderId);

            ProvenPosting Posting(int line, IReadOnlyList<Neighbour> way)
            {
                var (account, amount, label) = entry.Postings[line];
                return new(line, account.Code, amount, label, blindings[(line * Hashes.BlindingSize)..((line + 1) * Hashes.BlindingSize)], way);
            }
        }
    }
}
