using System.Linq.Expressions;

namespace HaoSuan.Inventory;

/// <summary>The pool of numbers to pick from (选号), and who keeps one for the moment. One number has one holder, whoever is first.</summary>
public sealed class Numbers(Db db, NumberRules rules, Pools pools, TimeProvider time)
{
    /// <summary>How long a picked number is kept while its form is filled in and paid.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    /// <summary>Numbers of the product that are free now: mixed, but always in the same sequence.</summary>
    public async Task<IReadOnlyList<PoolNumber>> SearchAsync(
        ProductId product, NumberSearch search, int skip, int take, CancellationToken cancel = default)
    {
        var (inForce, now) = (await rules.InForceAsync(product, cancel), time.Now);
        var pool = await pools.CurrentAsync(db, product, now, cancel);
        var filter = new NumberFilter(search, inForce);
        for (var enough = take; ; enough *= 2)
        {
            var found = pool.Find(filter, now, skip, enough);
            var free = await Pools.StillFreeAsync(db, pool, found, now, cancel);
            // Where some are gone, they are passed over from now on, and others stand behind them.
            if (free.Count >= take || found.Count < enough) return [.. free.Take(take).Select(place => Priced(pool, place, inForce))];
        }
    }

    /// <summary>A number of the product's pool, whoever has it.</summary>
    public async Task<PoolNumber?> FindAsync(ProductId product, string number, CancellationToken cancel = default) =>
        await db.Numbers.AsNoTracking().FirstOrDefaultAsync(n => n.Number == number && n.ProductId == product, cancel) is { } row
            ? row.ToPoolNumber(await rules.InForceAsync(product, cancel))
            : null;

    /// <summary>Keeps the number for the holder for half an hour from now; what else the holder keeps of the product is given back.</summary>
    public Task<Result<Reservation>> ReserveAsync(ProductId product, string number, string holder, CancellationToken cancel = default) =>
        db.InTransaction(async () =>
        {
            var (now, until) = (time.Now, time.Now + KeptFor);
            var won = await db.Numbers.Where(n => n.Number == number && n.ProductId == product).Where(IsFreeFor(holder, now))
                .ExecuteUpdateAsync(set => set.SetProperty(n => n.Holder, holder).SetProperty(n => n.HeldUntil, until), cancel);
            if (won == 0) return (Result<Reservation>)new Refusal("inventory.number_taken", number).On("number");
            await GiveBackAsync(n => n.Holder == holder && n.ProductId == product && n.Number != number && n.OrderId == null, cancel);
            return new Reservation((await FindAsync(product, number, cancel))!, until);
        }, cancel);

    /// <summary>What the holder keeps of the product now.</summary>
    public async Task<Reservation?> ReservedAsync(ProductId product, string holder, CancellationToken cancel = default)
    {
        var now = time.Now;
        var row = await db.Numbers.AsNoTracking().FirstOrDefaultAsync(
            n => n.ProductId == product && n.Holder == holder && n.HeldUntil > now && n.OrderId == null, cancel);
        return row is { HeldUntil: { } until } ? new(row.ToPoolNumber(await rules.InForceAsync(product, cancel)), until) : null;
    }

    /// <summary>
    /// Makes the number the order's, with the running transaction. A reservation that ran out does no harm while nobody else has the number.
    /// Refused with <c>inventory.number_taken</c>.
    /// </summary>
    public Task<Result<Done>> TakeAsync(ProductId product, string number, string holder, OrderId order, CancellationToken cancel = default) =>
        db.InTransaction(async () =>
        {
            var taken = await db.Numbers.Where(n => n.Number == number && n.ProductId == product).Where(IsFreeFor(holder, time.Now))
                .ExecuteUpdateAsync(set => set.SetProperty(n => n.OrderId, order).SetProperty(n => n.Holder, holder), cancel);
            return taken == 1 || await db.Numbers.AnyAsync(n => n.Number == number && n.OrderId == order, cancel)
                ? default(Done)
                : (Result<Done>)new Refusal("inventory.number_taken", number).On("number");
        }, cancel);

    /// <summary>Gives the order's number back to the pool.</summary>
    public Task ReleaseAsync(OrderId order, CancellationToken cancel = default) =>
        db.InTransaction(() => GiveBackAsync(n => n.OrderId == order, cancel), cancel);

    /// <summary>Numbers of a product's pool as the office sees them, whoever has them, by number: that page of them, or the nearest that there is.</summary>
    public async Task<PooledNumbers> ListAsync(ProductId product, NumberSearch search, int page, int perPage, CancellationToken cancel = default)
    {
        var inForce = await rules.InForceAsync(product, cancel);
        var pool = await pools.CurrentAsync(db, product, time.Now, cancel);
        var found = pool.Find(new(search, inForce), Instant.MaxValue, 0, int.MaxValue);
        page = Math.Clamp(page, 1, Math.Max(1, (found.Count + perPage - 1) / perPage));
        var numbers = found.Select(place => pool[place].Digits).Order().Skip((page - 1) * perPage).Take(perPage)
            .Select(digits => $"{new PackedNumber(digits)}").ToList();
        var rows = await db.Numbers.AsNoTracking().Where(n => EF.Parameter(numbers).Contains(n.Number)).OrderBy(n => n.Number).ToListAsync(cancel);
        return new(page, rows.ConvertAll(n => new PooledNumber(n.ToPoolNumber(inForce), n.ProductId, n.HeldUntil, n.OrderId)), found.Count);
    }

    private static PoolNumber Priced(Pool pool, int place, RulesInForce rules) =>
        rules.Priced($"{pool[place]}", pool.SupplementOf(place), pool[place].Pattern);

    // They are free from now on, and the instant tells searches what has come back. See Pools.
    private Task<int> GiveBackAsync(Expression<Func<NumberRow, bool>> which, CancellationToken cancel)
    {
        (string? nobody, Instant? now, OrderId? noOrder) = (null, time.Now, null);
        return db.Numbers.Where(which).ExecuteUpdateAsync(set => set
            .SetProperty(n => n.Holder, nobody).SetProperty(n => n.HeldUntil, now).SetProperty(n => n.OrderId, noOrder), cancel);
    }

    private static Expression<Func<NumberRow, bool>> IsFreeFor(string holder, Instant now) => n =>
        n.OrderId == null && (n.HeldUntil == null || n.HeldUntil <= now || n.Holder == holder);
}
