using System.Data;

namespace HaoSuan.Ledger;

/// <summary>
/// Replays the whole journal in one snapshot of the database and compares: every entry balanced, every hash from the posting to
/// the chain's end, numbers without a gap, nothing beside, and every balance. It streams, so its memory does not grow with the books.
/// </summary>
public sealed class VerifyLedger(Db db)
{
    private const int BlocksAtOnce = 64;

    public async Task<Verification> RunAsync(CancellationToken cancel = default)
    {
        if (db.Database.CurrentTransaction is not null) return await ReplayAsync(cancel);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        return await ReplayAsync(cancel);
    }

    private async Task<Verification> ReplayAsync(CancellationToken cancel)
    {
        var replay = new Replay(db.CurrentTenant, await db.Accounts.AsNoTracking().ToDictionaryAsync(a => a.Id, a => a.Code, cancel));
        for (var height = 0; await ReplayBlocksAsync(replay, height, cancel) is { } last;) height = last;
        await ReplayUnsealedAsync(replay, cancel);
        replay.CompareHead(await db.Heads.AsNoTracking().SingleOrDefaultAsync(cancel));
        replay.CompareBalances(await db.LedgerBalances.AsNoTracking().ToListAsync(cancel));
        replay.CompareCounts(await db.Entries.LongCountAsync(cancel), await db.Postings.LongCountAsync(cancel));
        return replay.Result;
    }

    /// <summary>Returns the height up to which it came; null where there were no more blocks.</summary>
    private async Task<int?> ReplayBlocksAsync(Replay replay, int after, CancellationToken cancel)
    {
        var blocks = await db.Blocks.AsNoTracking().Where(b => b.Height > after).OrderBy(b => b.Height).Take(BlocksAtOnce).ToListAsync(cancel);
        if (blocks.Count == 0) return null;
        var last = blocks[^1].Height;
        var batches = db.Batches;
        var seals = (await db.Seals.AsNoTracking().Where(s => s.Height > after && s.Height <= last)
            .GroupJoin(batches, s => s.BatchId, b => b.Id, (s, found) => new { Seal = s, Found = found })
            .SelectMany(s => s.Found.DefaultIfEmpty(), (s, b) => new { s.Seal, Batch = b })
            .ToListAsync(cancel)).ToLookup(s => s.Seal.Height);
        foreach (var block in blocks)
        {
            var own = seals[block.Height].OrderBy(s => s.Seal.Position).ToList();
            await ReplayBatchesAsync(replay, [.. own.Where(s => s.Batch is not null).Select(s => (s.Batch!, (long?)s.Seal.FirstNumber))], cancel);
            replay.TakeBlock(block, own.ConvertAll(s => (s.Seal, s.Batch)));
        }
        return last;
    }

    private async Task ReplayUnsealedAsync(Replay replay, CancellationToken cancel)
    {
        var (seals, queue) = (db.Seals, db.Unsealed);
        var unsealed = await db.Batches.AsNoTracking().Where(b => !seals.Any(s => s.BatchId == b.Id)).OrderBy(b => b.Id).ToListAsync(cancel);
        await ReplayBatchesAsync(replay, [.. unsealed.Select(b => (b, (long?)null))], cancel);
        var waiting = (await queue.Select(u => u.BatchId).ToListAsync(cancel)).ToHashSet();
        replay.CompareQueue(unsealed.Select(b => b.Id).Where(id => !waiting.Contains(id)));
    }

    private async Task ReplayBatchesAsync(Replay replay, IReadOnlyList<(BatchRow Batch, long? First)> batches, CancellationToken cancel)
    {
        var firsts = batches.ToDictionary(b => b.Batch, b => b.First);
        await foreach (var (batch, entries, postings) in db.ReadBatchesAsync([.. batches.Select(b => b.Batch)], cancel))
        {
            replay.TakeBatch(batch, firsts[batch], entries, postings);
        }
    }
}
