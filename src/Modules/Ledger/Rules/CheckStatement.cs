namespace HaoSuan.Ledger;

/// <summary>
/// Checks a statement by its file alone: every line leads to its entry, batch and block, the blocks to the checkpoint, none stands there
/// twice, and the sums are right. That no line is missing it cannot see, but that opening and closing say.
/// </summary>
internal sealed class CheckStatement(ProvenStatement statement)
{
    private readonly Hashes _hashes = new();
    private readonly List<Refusal> _faults = [];
    private readonly List<(int Height, byte[] Hash)> _chain = [];

    /// <param name="noted">The hash of a checkpoint from elsewhere; null where there is none to compare.</param>
    public IReadOnlyList<Refusal> Run(string? noted)
    {
        if (!statement.Digested().AsSpan().SequenceEqual(statement.Digest)) Find("ledger.digest_differs");
        FollowChain();
        foreach (var batch in statement.Batches) ClimbFrom(batch);
        FindTwice(statement.Batches.Select(b => b.Id), id => Find("ledger.batch_twice", id));
        AddUp();
        if (noted is not null) Compare(noted.Trim());
        return _faults;
    }

    private void FollowChain()
    {
        var (chain, last) = (statement.Chain, statement.Chain.Previous);
        var (height, first) = (chain.Height, chain.FirstNumber);
        _chain.Add((height - 1, last));
        foreach (var block in chain.Blocks)
        {
            last = _hashes.Block(last, height, first, block.LastNumber, block.SealedAt, block.Root);
            _chain.Add((height, last));
            (height, first) = (height + 1, block.LastNumber + 1);
        }
        if (statement.Checkpoint.Height != height - 1 || !last.AsSpan().SequenceEqual(statement.Checkpoint.Hash))
            Find("ledger.chain_misses", statement.Checkpoint.Height, Convert.ToHexStringLower(last));
    }

    private void ClimbFrom(ProvenBatch batch)
    {
        var hash = _hashes.Batch(new(statement.Tenant), batch.Id, batch.PostedAt, batch.Count, batch.Root);
        if (!Leads(hash, batch.Path, RootOf(batch.Block))) Find("ledger.batch_unproven", batch.Id, batch.Block);
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

    // Any block from the last line on covers all lines, so that it need not be the very last one that somebody has noted.
    private void Compare(string noted)
    {
        var covering = Math.Max(statement.Batches.Select(b => b.Block).DefaultIfEmpty(0).Max(), _chain[0].Height);
        if (!_chain.Any(block => block.Height >= covering && Convert.ToHexString(block.Hash).Equals(noted, StringComparison.OrdinalIgnoreCase)))
            Find("ledger.checkpoint_differs", noted, covering, statement.Checkpoint.Height);
    }

    private byte[]? RootOf(int height) =>
        height - statement.Chain.Height is >= 0 and var index && index < statement.Chain.Blocks.Count ? statement.Chain.Blocks[index].Root : null;

    private static bool Leads(byte[] leaf, IEnumerable<Neighbour> path, byte[]? root) => Merkle.Climb(leaf, path).AsSpan().SequenceEqual(root);

    private static void FindTwice<T>(IEnumerable<T> keys, Action<T> find)
    {
        foreach (var twice in keys.GroupBy(k => k).Where(g => g.Skip(1).Any())) find(twice.Key);
    }

    private void Find(string code, params object[] arguments) => _faults.Add(new(code, arguments));
}
