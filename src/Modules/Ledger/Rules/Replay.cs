namespace HaoSuan.Ledger;

/// <summary>
/// Replays the books batch by batch and block by block as if they were written anew, and notes whatever is not as it was written.
/// After a fault it goes on from what is there, so that one change is told once and not for all that follow.
/// </summary>
internal sealed class Replay(TenantId tenant, IReadOnlyDictionary<int, string> accounts)
{
    private readonly Hashes _hashes = new();
    private readonly List<Refusal> _findings = [];
    private readonly Dictionary<(int Account, Month Period), (Int128 Debits, Int128 Credits)> _moved = [];
    private long _entries;
    private long _postings;
    private readonly Stack<HeadRow> _ends = new([new() { Height = 0, Number = 0, Hash = Hashes.Genesis }]);     // what blocks to come may name

    private HeadRow Last => _ends.Peek();

    public Verification Result => new(_entries, _postings, Convert.ToHexStringLower(Last.Hash), _findings);

    /// <param name="batch">The batch.</param>
    /// <param name="first">The number of its first entry; null where it is not sealed.</param>
    /// <param name="entries">Its entries, by id.</param>
    /// <param name="postings">Their postings, by entry and line.</param>
    public void TakeBatch(BatchRow batch, long? first, IReadOnlyList<EntryRow> entries, IReadOnlyList<PostingRow> postings)
    {
        var (lines, periods) = (postings.ToLookup(p => p.EntryId), entries.ToDictionary(e => e.Id, e => e.Period));
        var read = entries.Select(e => (Entry: e.Read(lines[e.Id], accounts), e.Period)).ToList();
        foreach (var (row, (entry, _)) in entries.Zip(read))
        {
            var sum = Balanced.Sum(entry);
            if (sum != 0) Find("ledger.unbalanced", Name(row.Id, first), Amount(sum));
        }
        foreach (var entry in lines.Where(l => l.Where((p, i) => p.Line != i + 1 || p.Period != periods.GetValueOrDefault(l.Key, p.Period)).Any()))
            Find("ledger.line_differs", Name(entry.Key, first));
        var missing = Missing(batch, entries).ToList();
        if (missing.Count > 0) Find("ledger.entries_missing", Name(missing[0], first), Name(missing[^1], first));
        else if (entries.Count != batch.Entries || !_hashes.Batch(batch.Salt, read).AsSpan().SequenceEqual(batch.Root))
            Find("ledger.hash_differs", Name(batch.Id * Batch.MostEntries, first), Name((batch.Id * Batch.MostEntries) + batch.Entries - 1, first));
        foreach (var stray in lines.Select(l => l.Key).Except(entries.Select(e => e.Id))) Find("ledger.postings_without_entry", Name(stray, first));
        if (first is not null) Move(periods, postings);
        (_entries, _postings) = (_entries + entries.Count, _postings + postings.Count);
    }

    /// <param name="block">The block.</param>
    /// <param name="batches">Its batches in their order, those that are gone as null.</param>
    public void TakeBlock(BlockRow block, IReadOnlyList<(SealRow Seal, BatchRow? Batch)> batches)
    {
        if (block.Height != Last.Height + 1) Find("ledger.blocks_missing", Last.Height + 1, block.Height - 1);
        else if (!Follows(block, batches)) Find("ledger.block_differs", block.Height, block.FirstNumber, block.LastNumber);
        while (Last.Height > BlockWay.Shortcut(block.Height)) _ends.Pop();
        _ends.Push(new() { Height = block.Height, Number = block.LastNumber, Hash = block.Hash });
    }

    public void CompareHead(HeadRow? head)
    {
        var (height, hash) = (head?.Height ?? 0, head?.Hash ?? Hashes.Genesis);
        if (height > Last.Height) Find("ledger.blocks_missing", Last.Height + 1, height);
        else if (height < Last.Height || head is not null && (head.Number != Last.Number || !hash.AsSpan().SequenceEqual(Last.Hash)))
            Find("ledger.head_differs", Last.Number, head?.Number ?? 0);
    }

    /// <param name="lost">Batches that are neither sealed nor wait for it.</param>
    public void CompareQueue(IEnumerable<long> lost)
    {
        foreach (var batch in lost) Find("ledger.batch_not_queued", batch);
    }

    public void CompareBalances(IEnumerable<BalanceRow> kept)
    {
        var rows = kept.ToDictionary(b => (b.AccountId, b.Period), b => ((Int128)b.Debits, (Int128)b.Credits));
        foreach (var key in _moved.Keys.Union(rows.Keys).OrderBy(k => Code(k.Item1), StringComparer.Ordinal).ThenBy(k => k.Item2))
        {
            var (replayed, balance) = (_moved.GetValueOrDefault(key), rows.GetValueOrDefault(key));
            if (replayed != balance)
            {
                Find("ledger.balance_differs", Code(key.Item1), key.Item2, Amount(balance.Item1 - balance.Item2),
                    Amount(replayed.Debits - replayed.Credits));
            }
        }
    }

    /// <summary>Whatever stands in the tables and belongs to no batch.</summary>
    public void CompareCounts(long entries, long postings)
    {
        if (entries != _entries || postings != _postings) Find("ledger.strays", entries - _entries, postings - _postings);
    }

    private bool Follows(BlockRow block, IReadOnlyList<(SealRow Seal, BatchRow? Batch)> batches)
    {
        var (next, leaves) = (Last.Number + 1, new List<byte>());
        if (block.FirstNumber != next || batches.Count == 0) return false;
        foreach (var ((seal, batch), position) in batches.Select((b, i) => (b, i)))
        {
            if (batch is null || seal.Position != position || seal.FirstNumber != next) return false;
            leaves.AddRange(_hashes.Batch(tenant, batch.Id, batch.PostedAt, batch.Entries, batch.Root));
            next += batch.Entries;
        }
        return block.LastNumber == next - 1 && Merkle.Root(leaves.ToArray()).AsSpan().SequenceEqual(block.Root)
            && (ShortcutOf(block) is not { } shortcut || _hashes.Block(
                Last.Hash, shortcut, block.Height, block.FirstNumber, block.LastNumber, block.SealedAt, block.Root).AsSpan().SequenceEqual(block.Hash));
    }

    // Null where that block is gone, which is told already.
    private byte[]? ShortcutOf(BlockRow block) => _ends.FirstOrDefault(end => end.Height == BlockWay.Shortcut(block.Height))?.Hash;

    private void Move(Dictionary<long, Month> periods, IEnumerable<PostingRow> postings)
    {
        foreach (var posting in postings)
        {
            if (!periods.TryGetValue(posting.EntryId, out var period)) continue;
            var (debits, credits) = _moved.GetValueOrDefault((posting.AccountId, period));
            var amount = (Int128)posting.Amount.Minor;
            _moved[(posting.AccountId, period)] = amount > 0 ? (debits + amount, credits) : (debits, credits - amount);
        }
    }

    private static IEnumerable<long> Missing(BatchRow batch, IReadOnlyList<EntryRow> entries)
    {
        var there = entries.Select(e => e.Id).ToHashSet();
        return Enumerable.Range(0, batch.Entries).Select(i => (batch.Id * Batch.MostEntries) + i).Where(id => !there.Contains(id));
    }

    private string Code(int account) => accounts.GetValueOrDefault(account) ?? $"?{account}";

    // Sealed entries have their numbers; the others are named by their ids.
    private static string Name(long id, long? first) => first is { } number ? $"{number + Batch.PositionOf(id)}" : $"id {id}";

    private void Find(string code, params object[] arguments) => _findings.Add(new(code, arguments));

    private static object Amount(Int128 minor) =>
        minor >= long.MinValue && minor <= long.MaxValue ? new Money((long)minor) : minor;
}
