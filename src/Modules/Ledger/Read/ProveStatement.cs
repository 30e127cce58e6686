using System.Data;

namespace HaoSuan.Ledger;

/// <summary>
/// Makes the statement of a distributor's month that proves itself, without the amounts of anybody else. That of a closed month leads to the
/// last block of its closing and has the same bytes for ever; that of an open one has what is sealed so far. It can be made to lead to
/// another block, from its last line on, whose hash somebody has noted.
/// </summary>
public sealed class ProveStatement(Db db)
{
    /// <param name="distributor">Whose statement.</param>
    /// <param name="month">The month.</param>
    /// <param name="checkpoint">The height of the block to lead to; null: that of the closing, or the last.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Result<byte[]>> RunAsync(DistributorId distributor, Month month, int? checkpoint = null, CancellationToken cancel = default)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var closing = await db.ClosingOfAsync(month, cancel);
        var last = await db.Heads.Select(h => h.Height).SingleOrDefaultAsync(cancel);
        var height = closing?.Height ?? last;
        var prefix = $"{Accounts.Distributors}{distributor.Value}:";
        var codes = await db.Accounts.AsNoTracking().Where(a => a.Code.StartsWith(prefix))
            .ToDictionaryAsync(a => a.Id, a => a.Code, cancel);
        var batches = await BatchesAsync(codes, month, height, cancel);
        var (first, top) = (batches.Select(b => b.Block).DefaultIfEmpty(0).Max(), checkpoint ?? height);
        if (top < first || top > last) return new Refusal("ledger.no_such_checkpoint", first, last).On("checkpoint");
        var (pending, available, paying) = (Accounts.Pending(distributor), Accounts.Available(distributor), Accounts.Paying(distributor));
        var opening = await OpeningAsync(codes, month, cancel);
        var moved = batches.SelectMany(b => b.Entries).SelectMany(e => e.Postings).ToLookup(p => p.Account, p => -p.Amount);
        ProvenBalance Balance(Account account) =>
            ProvenBalance.Of(opening.GetValueOrDefault(account.Code), moved[account.Code].Aggregate(Money.Zero, (sum, amount) => sum + amount));
        return new ProvenStatement(
            ProvenStatement.CurrentFormat, db.CurrentTenant.Value, distributor, month, closing is not null,
            Balance(pending), Balance(available), Balance(paying), Balance(pending) + Balance(available) + Balance(paying),
            batches, await BlocksAsync(batches.Select(b => b.Block), top, cancel), new(top, await db.BlockHashAsync(top, cancel)), []).ToJson();
    }

    private async Task<Dictionary<string, Money>> OpeningAsync(Dictionary<int, string> codes, Month month, CancellationToken cancel)
    {
        var ids = codes.Keys.ToList();
        var sums = await db.LedgerBalances.Where(b => ids.Contains(b.AccountId) && b.Period < month)
            .GroupBy(b => b.AccountId).Select(g => new { g.Key, Owed = g.Sum(b => b.Credits - b.Debits) }).ToListAsync(cancel);
        return sums.ToDictionary(s => codes[s.Key], s => new Money(s.Owed));
    }

    private async Task<List<ProvenBatch>> BatchesAsync(Dictionary<int, string> codes, Month month, int height, CancellationToken cancel)
    {
        var own = await OwnEntriesAsync([.. codes.Keys], month, cancel);
        var places = await PlacesAsync([.. own.Select(Batch.BatchOf).Distinct()], height, cancel);
        var accounts = await db.Accounts.AsNoTracking().ToDictionaryAsync(a => a.Id, a => a.Code, cancel);
        List<ProvenBatch> batches = [];
        await foreach (var (batch, entries, postings) in db.ReadBatchesAsync([.. places.Keys.OrderBy(b => b.Id)], cancel))
        {
            var (block, path) = places[batch];
            batches.Add(new(
                block, batch.Id, batch.PostedAt, batch.Entries, batch.Root,
                [.. ProveEntries.Of(batch.Salt, entries, postings, accounts, own, codes)], path));
        }
        return batches;
    }

    private async Task<HashSet<long>> OwnEntriesAsync(List<int> accounts, Month month, CancellationToken cancel)
    {
        var postings = db.Postings.Where(p => accounts.Contains(p.AccountId));
        return [.. await db.Entries.Where(e => e.Period == month && postings.Any(p => p.EntryId == e.Id)).Select(e => e.Id).ToListAsync(cancel)];
    }

    /// <summary>Where these batches are sealed, up to that height: the block, and the way to its root.</summary>
    private async Task<Dictionary<BatchRow, (int Block, IReadOnlyList<Neighbour> Path)>> PlacesAsync(
        List<long> batches, int height, CancellationToken cancel)
    {
        var blocks = db.Seals.Where(s => s.Height <= height && EF.Parameter(batches).Contains(s.BatchId)).Select(s => s.Height).Distinct();
        var rows = db.Batches;
        var seals = await db.Seals.AsNoTracking().Where(s => blocks.Contains(s.Height))
            .Join(rows, s => s.BatchId, b => b.Id, (s, b) => new { s.Height, s.Position, Batch = b }).ToListAsync(cancel);
        var (wanted, hashes) = (batches.ToHashSet(), new Hashes());
        Dictionary<BatchRow, (int, IReadOnlyList<Neighbour>)> places = [];
        foreach (var block in seals.GroupBy(s => s.Height))
        {
            var sealedThere = block.OrderBy(s => s.Position).Select(s => s.Batch).ToList();
            var own = Enumerable.Range(0, sealedThere.Count).Where(i => wanted.Contains(sealedThere[i].Id)).ToList();
            var leaves = sealedThere.SelectMany(b => hashes.Batch(db.CurrentTenant, b.Id, b.PostedAt, b.Entries, b.Root)).ToArray();
            foreach (var (index, path) in own.Zip(Merkle.Paths(leaves, own))) places.Add(sealedThere[index], (block.Key, path));
        }
        return places;
    }

    /// <summary>Those on the ways from the checkpoint to the blocks that have lines.</summary>
    private async Task<List<ProvenBlock>> BlocksAsync(IEnumerable<int> withLines, int checkpoint, CancellationToken cancel)
    {
        var heights = BlockWay.Among(checkpoint, withLines).Where(h => h > 0).ToList();
        var named = heights.SelectMany(h => new[] { h, h - 1, BlockWay.Shortcut(h) }).Distinct().ToList();
        var blocks = await db.Blocks.AsNoTracking().Where(b => EF.Parameter(named).Contains(b.Height)).ToDictionaryAsync(b => b.Height, cancel);
        byte[] HashOf(int height) => blocks.GetValueOrDefault(height)?.Hash ?? Hashes.Genesis;
        return [.. heights.Select(blocks.GetValueOrDefault).OfType<BlockRow>().Select(b => new ProvenBlock(
            b.Height, HashOf(b.Height - 1), HashOf(BlockWay.Shortcut(b.Height)), b.FirstNumber, b.LastNumber, b.SealedAt, b.Root))];
    }
}

internal static class BlockHashes
{
    extension(Db db)
    {
        /// <summary>The hash of the block at that height; before the first it is zeros.</summary>
        internal async Task<byte[]> BlockHashAsync(int height, CancellationToken cancel) =>
            await db.Blocks.Where(b => b.Height == height).Select(b => b.Hash).SingleOrDefaultAsync(cancel) ?? Hashes.Genesis;
    }
}
