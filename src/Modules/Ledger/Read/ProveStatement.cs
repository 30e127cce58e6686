using System.Data;

namespace HaoSuan.Ledger;

/// <summary>
/// Makes the statement of a distributor's month that proves itself, without the amounts of anybody else. That of a closed month leads to the
/// last block of its closing and has the same bytes for ever; that of an open one has what is sealed so far.
/// </summary>
public sealed class ProveStatement(Db db)
{
    public async Task<byte[]> RunAsync(DistributorId distributor, Month month, CancellationToken cancel = default)
    {
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var closing = await ClosingAsync(month, cancel);
        var height = closing?.Height ?? await db.Heads.Select(h => h.Height).SingleOrDefaultAsync(cancel);
        var prefix = $"{Accounts.Distributors}{distributor.Value}:";
        var codes = await db.Accounts.AsNoTracking().Where(a => a.Code.StartsWith(prefix))
            .ToDictionaryAsync(a => a.Id, a => a.Code, cancel);
        var batches = await BatchesAsync(codes, month, height, cancel);
        var (pending, available, paying) = (Accounts.Pending(distributor), Accounts.Available(distributor), Accounts.Paying(distributor));
        var opening = await OpeningAsync(codes, month, cancel);
        var moved = batches.SelectMany(b => b.Entries).SelectMany(e => e.Postings).ToLookup(p => p.Account, p => -p.Amount);
        ProvenBalance Balance(Account account) =>
            ProvenBalance.Of(opening.GetValueOrDefault(account.Code), moved[account.Code].Aggregate(Money.Zero, (sum, amount) => sum + amount));
        return new ProvenStatement(
            ProvenStatement.CurrentFormat, db.CurrentTenant.Value, distributor, month, closing is not null,
            Balance(pending), Balance(available), Balance(paying), Balance(pending) + Balance(available) + Balance(paying),
            batches, await ChainAsync(batches.Select(b => b.Block).DefaultIfEmpty(height + 1).Min(), height, cancel),
            new(height, await HashAsync(height, cancel)), []).ToJson();
    }

    /// <summary>The act since which the month is closed without a break; null where it is open.</summary>
    private async Task<ClosingRow?> ClosingAsync(Month month, CancellationToken cancel)
    {
        var open = await db.Closings.Where(c => c.ClosedThrough < month).MaxAsync(c => (int?)c.Sequence, cancel) ?? 0;
        return await db.Closings.AsNoTracking().Where(c => c.Sequence > open).OrderBy(c => c.Sequence).FirstOrDefaultAsync(cancel);
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

    private async Task<ProvenChain> ChainAsync(int first, int last, CancellationToken cancel)
    {
        var before = await db.Blocks.Where(b => b.Height == first - 1).Select(b => (long?)b.LastNumber).SingleOrDefaultAsync(cancel);
        var blocks = await db.Blocks.Where(b => b.Height >= first && b.Height <= last).OrderBy(b => b.Height)
            .Select(b => new ProvenBlock(b.LastNumber, b.SealedAt, b.Root)).ToListAsync(cancel);
        return new(first, (before ?? 0) + 1, await HashAsync(first - 1, cancel), blocks);
    }

    private async Task<byte[]> HashAsync(int height, CancellationToken cancel) =>
        await db.Blocks.Where(b => b.Height == height).Select(b => b.Hash).SingleOrDefaultAsync(cancel) ?? Hashes.Genesis;
}
