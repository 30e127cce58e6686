namespace HaoSuan.Ledger;

/// <summary>
/// Checks a statement by its file alone: every line leads to its entry, batch and block, the blocks to the checkpoint, none stands there
/// twice, and the sums are right. That no line is missing it cannot see, but that opening and closing say.
/// </summary>
internal sealed class CheckStatement(ProvenStatement statement)
{
    private readonly Hashes _hashes = new();
    private readonly List<Refusal> _faults = [];
    private readonly Dictionary<int, ProvenBlock> _blocks = [];

    /// <param name="noted">The hash of a checkpoint from elsewhere; null where there is none to compare.</param>
    public IReadOnlyList<Refusal> Run(string? noted)
    {
        if (!statement.Digested().AsSpan().SequenceEqual(statement.Digest)) Find("ledger.digest_differs");
        FollowBlocks();
        foreach (var batch in statement.Batches) ClimbFrom(batch);
        FindTwice(statement.Batches.Select(b => b.Id), id => Find("ledger.batch_twice", id));
        AddUp();
        if (noted is not null) Compare(noted.Trim());
        return _faults;
    }

    private void FollowBlocks()
    {
        foreach (var block in statement.Blocks) _blocks.TryAdd(block.Height, block);
        var (top, hash) = (statement.Checkpoint.Height, HashOf(statement.Checkpoint.Height));
        if (!hash.AsSpan().SequenceEqual(statement.Checkpoint.Hash)) Find("ledger.chain_misses", top, Convert.ToHexStringLower(hash));
        var targets = statement.Batches.Select(b => b.Block).Where(h => h > 0 && h <= top).ToList();     // another one has no root to lead to
        if (!BlockWay.Among(top, targets).Where(h => h > 0).SequenceEqual(statement.Blocks.Select(b => b.Height))) Find("ledger.way_differs", top);
        foreach (var (later, earlier) in targets.SelectMany(t => BlockWay.Between(top, t).Zip(BlockWay.Between(top, t).Skip(1))).Distinct())
        {
            if (!_blocks.TryGetValue(later, out var block)) continue;
            var named = earlier == BlockWay.Shortcut(later) ? block.Shortcut : block.Previous;
            if (!HashOf(earlier).AsSpan().SequenceEqual(named)) Find("ledger.chain_misses", earlier, Convert.ToHexStringLower(HashOf(earlier)));
        }
    }

    private byte[] HashOf(int height) => _blocks.TryGetValue(height, out var b)
        ? _hashes.Block(b.Previous, b.Shortcut, b.Height, b.FirstNumber, b.LastNumber, b.SealedAt, b.Root)
        : Hashes.Genesis;

    private void ClimbFrom(ProvenBatch batch)
    {
        var hash = _hashes.Batch(new(statement.Tenant), batch.Id, batch.PostedAt, batch.Count, batch.Root);
        if (!Leads(hash, batch.Path, _blocks.GetValueOrDefault(batch.Block)?.Root)) Find("ledger.batch_unproven", batch.Id, batch.Block);
        foreach (var entry in batch.Entries) ClimbFrom(entry, batch);
        FindTwice(batch.Entries.Select(e => e.Position), position => Find("ledger.entry_twice", position, batch.Id));
    }

    private void ClimbFrom(ProvenEntry entry, ProvenBatch batch)
    {
        var hash = new byte[Merkle.Size];
        _hashes.Entry(new(entry.Kind, entry.Source, entry.At, entry.Memo, [], entry.Order), entry.Period, entry.Count, entry.Root, hash);
        if (!Merkle.Fits(entry.Path, entry.Position, batch.Count) || !Leads(hash, entry.Path, batch.Root)) Find("ledger.entry_unproven", entry.Source);
        if (entry.Period != statement.Month) Find("ledger.entry_of_other_month", entry.Source, entry.Period);
        foreach (var posting in entry.Postings)
        {
            _hashes.Posting(posting.Blinding, new(new(posting.Account), posting.Amount, posting.Label), hash);
            if (!Merkle.Fits(posting.Path, posting.Line, entry.Count) || !Leads(hash, posting.Path, entry.Root))
                Find("ledger.posting_unproven", entry.Source, posting.Line + 1, -posting.Amount);
        }
        FindTwice(entry.Postings.Select(p => p.Line), line => Find("ledger.posting_twice", entry.Source, line + 1));
    }

    private void AddUp()
    {
        var moved = statement.Postings().ToLookup(p => p.Account, p => p.Amount);
        foreach (var (balance, account) in statement.Balances())
        {
            var sum = -moved[account.Code].Aggregate(Money.Zero, (sum, amount) => sum + amount);
            if (sum != balance.Moved) Find("ledger.movement_differs", account, balance.Moved, sum);
            if (balance.Opening + balance.Moved != balance.Closing) Find("ledger.closing_differs", account, balance.Opening, balance.Moved, balance.Closing);
        }
        if (statement.Total != statement.Pending + statement.Available + statement.Paying)
            Find("ledger.total_differs", statement.Total.Opening, statement.Total.Moved, statement.Total.Closing);
        foreach (var other in moved.Select(m => m.Key).Except(statement.Balances().Select(b => b.Account.Code))) Find("ledger.account_of_others", other);
    }

    private void Compare(string noted)
    {
        if (!Convert.ToHexString(statement.Checkpoint.Hash).Equals(noted, StringComparison.OrdinalIgnoreCase))
            Find("ledger.checkpoint_differs", noted, statement.Checkpoint.Height);
    }

    private static bool Leads(byte[] leaf, IEnumerable<Neighbour> path, byte[]? root) => Merkle.Climb(leaf, path).AsSpan().SequenceEqual(root);

    private static void FindTwice<T>(IEnumerable<T> keys, Action<T> find)
    {
        foreach (var twice in keys.GroupBy(k => k).Where(g => g.Skip(1).Any())) find(twice.Key);
    }

    private void Find(string code, params object[] arguments) => _faults.Add(new(code, arguments));
}
