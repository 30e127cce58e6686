using Microsoft.Extensions.Caching.Memory;

namespace HaoSuan.Inventory;

/// <summary>
/// The pools of numbers that this process keeps in memory to search them, of every tenant. Each search asks the database first for what has been added
/// or given back since the last one. What nobody has searched for a day is forgotten.
/// </summary>
public sealed class Pools() : MemoryCache(new MemoryCacheOptions())
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    // How long after the instant that it names a change may come to be seen: a transaction's length, and what clocks differ by.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <summary>The product's pool with every number that has been imported or given back by now.</summary>
    internal async Task<Pool> CurrentAsync(Db db, ProductId product, Instant now, CancellationToken cancel)
    {
        var kept = this.GetOrCreate((db.CurrentTenant, product), entry =>
        {
            entry.SlidingExpiration = Forgotten;
            return new Kept();
        })!;
        await kept.WaitAsync(cancel);
        try
        {
            var (seen, since) = (kept.Seen, kept.AsOf - Late);
            var all = db.Numbers.Where(n => n.ProductId == product);
            var imported = all.Where(n => n.Import > seen);
            var givenBack = all.Where(n => n.Import <= seen && n.OrderId == null && n.HeldUntil > since && n.HeldUntil <= now);
            var lines = await ReadAsync(db, imported.Concat(givenBack), cancel);
            kept.Pool = kept.Pool.Updated(lines.ConvertAll(l => l.Line), now);
            (kept.Seen, kept.AsOf) = (lines.Aggregate(seen, (last, line) => Math.Max(last, line.Import)), now);
            return kept.Pool;
        }
        finally
        {
            kept.Release();
        }
    }

    /// <summary>Asks the database whether these are free, and leaves out those that are not: from now on they are not found again.</summary>
    internal static async Task<List<int>> StillFreeAsync(Db db, Pool pool, List<int> places, Instant now, CancellationToken cancel)
    {
        if (places.Count == 0) return places;
        var numbers = places.ConvertAll(place => $"{pool[place]}");
        var lines = (await ReadAsync(db, db.Numbers.Where(n => EF.Parameter(numbers).Contains(n.Number)), cancel)).ConvertAll(l => l.Line);
        pool.Updated(lines, now);
        var free = lines.Where(l => l.IsFree(now)).Select(l => l.Number).ToHashSet();
        return places.FindAll(place => free.Contains(pool[place]));
    }

    private static Task<List<(PoolLine Line, int Import)>> ReadAsync(Db db, IQueryable<NumberRow> numbers, CancellationToken cancel) => db.ReadAsync(
        numbers.Select(n => new { n.Number, n.Pattern, n.Supplement, n.HeldUntil, IsTaken = n.OrderId != null, n.Import }),
        row => (new PoolLine(
            PackedNumber.Of(row.GetString(0), Enum.Parse<NumberPattern>(row.GetString(1))), row.IsDBNull(2) ? null : row.GetInt64(2), row.GetBoolean(4),
            row.IsDBNull(3) ? null : new Instant(row.GetInt64(3))), row.GetInt32(5)),
        cancel);

    /// <summary>A pool, and the right to bring it up to date, which one at a time has.</summary>
    private sealed class Kept() : SemaphoreSlim(1, 1)
    {
        public Pool Pool { get; set; } = Pool.Empty;

        /// <summary>The last import that is in it.</summary>
        public int Seen { get; set; } = -1;

        public Instant AsOf { get; set; }
    }
}
