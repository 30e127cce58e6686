namespace HaoSuan.Ledger;

/// <summary>
/// Seals what was posted (封账): numbers the entries 1, 2, 3 … in blocks, each a Merkle tree chained to the block before, and adds
/// them to the balances. It works behind those who post and keeps nobody waiting.
/// </summary>
public sealed class SealBooks(Db db, TimeProvider time) : IRecurring
{
    public const string Name = "seal-books";

    /// <summary>Every ten seconds.</summary>
    public const string Cron = "0/10 * * * * ?";

    private const int MostBatches = 256;
    private const int MostEntries = 50_000;

    /// <summary>Seals everything that is committed.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!await db.Unsealed.AnyAsync(cancel)) return;
        while (await db.InTransaction(() => SealBlockAsync(cancel), cancel))
        {
        }
    }

    /// <summary>False where there was nothing to seal.</summary>
    private async Task<bool> SealBlockAsync(CancellationToken cancel)
    {
        var head = await HeadForUpdateAsync(cancel);
        var queue = db.Unsealed;
        var batches = await db.Batches.AsNoTracking().Where(b => queue.Any(u => u.BatchId == b.Id))
            .OrderBy(b => b.Id).Take(MostBatches).ToListAsync(cancel);
        if (batches.Count == 0) return false;
        batches = AtOnce(batches);
        var block = Block(head, await db.BlockHashAsync(BlockWay.Shortcut(head.Height + 1), cancel), batches);
        db.Add(block);
        await Bulk.Seals.RunAsync(db, Seals(block, batches), cancel);
        var ids = batches.Select(b => b.Id).ToList();
        await AddToBalancesAsync(batches, cancel);
        await db.Unsealed.Where(u => EF.Parameter(ids).Contains(u.BatchId)).ExecuteDeleteAsync(cancel);
        await db.Heads.ExecuteUpdateAsync(set => set
            .SetProperty(h => h.Height, block.Height).SetProperty(h => h.Number, block.LastNumber).SetProperty(h => h.Hash, block.Hash), cancel);
        return true;
    }

    private static List<BatchRow> AtOnce(List<BatchRow> batches)
    {
        var (entries, count) = (0, 0);
        while (count < batches.Count && (count == 0 || entries + batches[count].Entries <= MostEntries)) entries += batches[count++].Entries;
        return batches[..count];
    }

    // Not tracked: a context that has seen an older head would go on showing it.
    private async Task<HeadRow> HeadForUpdateAsync(CancellationToken cancel)
    {
        var heads = db.Heads.AsNoTracking().ForUpdate();
        if (await heads.SingleOrDefaultAsync(cancel) is { } head) return head;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into ledger_head (tenant_id, height, number, hash) values ({db.CurrentTenant.Value}, 0, 0, {Hashes.Genesis}) on conflict do nothing
            """, cancel);
        return await heads.SingleAsync(cancel);
    }

    private BlockRow Block(HeadRow head, byte[] shortcut, List<BatchRow> batches)
    {
        var hashes = new Hashes();
        var root = Merkle.Root(batches.SelectMany(b => hashes.Batch(db.CurrentTenant, b.Id, b.PostedAt, b.Entries, b.Root)).ToArray());
        var (height, first, last, now) = (head.Height + 1, head.Number + 1, head.Number + batches.Sum(b => (long)b.Entries), time.Now);
        return new()
        {
            Height = height,
            FirstNumber = first,
            LastNumber = last,
            SealedAt = now,
            Root = root,
            Hash = hashes.Block(head.Hash, shortcut, height, first, last, now, root),
        };
    }

    private static List<SealRow> Seals(BlockRow block, List<BatchRow> batches)
    {
        var next = block.FirstNumber;
        List<SealRow> seals = [];
        foreach (var batch in batches)
        {
            seals.Add(new() { BatchId = batch.Id, Height = block.Height, Position = seals.Count, FirstNumber = next });
            next += batch.Entries;
        }
        return seals;
    }

    private async Task AddToBalancesAsync(List<BatchRow> batches, CancellationToken cancel)
    {
        foreach (var (first, last) in Ranges(batches))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into ledger_balance (tenant_id, account_id, period, debits, credits)
                select tenant_id, account_id, period, cast(sum(case when amount > 0 then amount else 0 end) as bigint),
                    cast(sum(case when amount < 0 then -amount else 0 end) as bigint)
                from ledger_posting
                where tenant_id = {db.CurrentTenant.Value}
                    and entry_id between {first * Batch.MostEntries} and {((last + 1) * Batch.MostEntries) - 1}
                group by tenant_id, account_id, period
                on conflict (tenant_id, account_id, period) do update
                    set debits = ledger_balance.debits + excluded.debits, credits = ledger_balance.credits + excluded.credits
                """, cancel);
        }
    }

    // Ids that follow each other are one range of the primary key, which every planner reads by its index.
    private static List<(long First, long Last)> Ranges(List<BatchRow> batches)
    {
        List<(long First, long Last)> ranges = [];
        foreach (var id in batches.Select(b => b.Id))
        {
            if (ranges.Count > 0 && ranges[^1].Last == id - 1) ranges[^1] = (ranges[^1].First, id);
            else ranges.Add((id, id));
        }
        return ranges;
    }
}
