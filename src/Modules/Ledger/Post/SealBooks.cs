using System.Text.Json;

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
        await AddToBalancesAsync(ids, cancel);
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

    private Task<int> AddToBalancesAsync(List<long> batches, CancellationToken cancel)
    {
        var tenant = db.CurrentTenant.Value;
        if (db.Engine == Engine.Postgres)
        {
            return db.Database.ExecuteSqlAsync(
                $"""
                insert into ledger_balance (tenant_id, account_id, period, debits, credits)
                select tenant_id, (m ->> 0)::int as account, (m ->> 1)::int as month, sum((m ->> 2)::bigint), sum((m ->> 3)::bigint)
                from ledger_unsealed cross join lateral json_array_elements(movements::json) m
                where tenant_id = {tenant} and batch_id = any({batches})
                group by tenant_id, account, month
                on conflict (tenant_id, account_id, period) do update
                    set debits = ledger_balance.debits + excluded.debits, credits = ledger_balance.credits + excluded.credits
                """, cancel);
        }
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into ledger_balance (tenant_id, account_id, period, debits, credits)
            select tenant_id, m.value ->> 0 as account, m.value ->> 1 as month, sum(m.value ->> 2), sum(m.value ->> 3)
            from ledger_unsealed cross join json_each(movements) m
            where tenant_id = {tenant} and batch_id in (select value from json_each({JsonSerializer.Serialize(batches)}))
            group by tenant_id, account, month
            on conflict (tenant_id, account_id, period) do update
                set debits = ledger_balance.debits + excluded.debits, credits = ledger_balance.credits + excluded.credits
            """, cancel);
    }
}
