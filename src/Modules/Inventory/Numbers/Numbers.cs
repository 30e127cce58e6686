using System.Linq.Expressions;

namespace HaoSuan.Inventory;

/// <summary>The pool of numbers to pick from (选号), and who keeps one for the moment. One number has one holder, whoever is first.</summary>
public sealed class Numbers(Db db, TimeProvider time)
{
    /// <summary>How long a picked number is kept while its form is filled in and paid.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    /// <summary>Numbers of the product that are free now, by number.</summary>
    public async Task<IReadOnlyList<PoolNumber>> SearchAsync(
        ProductId product, NumberSearch search, int skip, int take, CancellationToken cancel = default)
    {
        var numbers = db.Numbers.Where(n => n.ProductId == product).Where(IsFree(time.Now, null));
        if (Digits(search.Ends) is { Length: > 0 } ends)
        {
            var tail = Reverse(ends);
            numbers = numbers.Where(n => n.Reversed.StartsWith(tail));
        }
        if (Digits(search.Contains) is { Length: > 0 } part) numbers = numbers.Where(n => n.Number.Contains(part));
        if (search.Pattern is { } pattern) numbers = numbers.Where(n => n.Pattern == pattern);
        var rows = await numbers.AsNoTracking().OrderBy(n => n.Number).Skip(skip).Take(take).ToListAsync(cancel);
        return rows.ConvertAll(n => n.ToPoolNumber());
    }

    /// <summary>Keeps the number for the holder for half an hour from now; what else the holder keeps of the product is given back.</summary>
    public Task<Result<Reservation>> ReserveAsync(ProductId product, string number, string holder, CancellationToken cancel = default) =>
        db.InTransaction(async () =>
        {
            var (now, until) = (time.Now, time.Now + KeptFor);
            var won = await db.Numbers.Where(n => n.Number == number && n.ProductId == product).Where(IsFree(now, holder))
                .ExecuteUpdateAsync(set => set.SetProperty(n => n.Holder, holder).SetProperty(n => n.HeldUntil, until), cancel);
            if (won == 0) return (Result<Reservation>)new Refusal("inventory.number_taken", number).On("number");
            await GiveBackAsync(n => n.Holder == holder && n.ProductId == product && n.Number != number && n.OrderId == null, cancel);
            return new Reservation(number, await SupplementAsync(number, cancel), until);
        }, cancel);

    /// <summary>What the holder keeps of the product now.</summary>
    public async Task<Reservation?> ReservedAsync(ProductId product, string holder, CancellationToken cancel = default)
    {
        var now = time.Now;
        var row = await db.Numbers.AsNoTracking().FirstOrDefaultAsync(
            n => n.ProductId == product && n.Holder == holder && n.HeldUntil > now && n.OrderId == null, cancel);
        return row is { HeldUntil: { } until } ? new(row.Number, row.Supplement, until) : null;
    }

    /// <summary>
    /// Makes the number the order's, with the running transaction, and tells its supplement. A reservation that ran out does
    /// no harm while nobody else has the number. Refused with <c>inventory.number_taken</c>.
    /// </summary>
    public Task<Result<Money>> TakeAsync(
        ProductId product, string number, string holder, OrderId order, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        var taken = await db.Numbers.Where(n => n.Number == number && n.ProductId == product).Where(IsFree(time.Now, holder))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.OrderId, order).SetProperty(n => n.Holder, holder), cancel);
        var own = taken == 1 || await db.Numbers.AnyAsync(n => n.Number == number && n.OrderId == order, cancel);
        return own ? await SupplementAsync(number, cancel) : (Result<Money>)new Refusal("inventory.number_taken", number).On("number");
    }, cancel);

    /// <summary>Gives the order's number back to the pool.</summary>
    public Task ReleaseAsync(OrderId order, CancellationToken cancel = default) =>
        db.InTransaction(() => GiveBackAsync(n => n.OrderId == order, cancel), cancel);

    /// <summary>Gives back what was kept for too long.</summary>
    public Task<int> ReleaseExpiredAsync(CancellationToken cancel = default)
    {
        var now = time.Now;
        return GiveBackAsync(n => n.HeldUntil <= now && n.OrderId == null, cancel);
    }

    /// <summary>Numbers of the pool as the office sees them.</summary>
    public async Task<IReadOnlyList<PooledNumber>> ListAsync(
        ProductId? product, string? ends, int skip, int take, CancellationToken cancel = default)
    {
        var rows = await Listed(product, ends).AsNoTracking().OrderBy(n => n.Number).Skip(skip).Take(take).ToListAsync(cancel);
        return rows.ConvertAll(n => new PooledNumber(n.ToPoolNumber(), n.ProductId, n.HeldUntil, n.OrderId));
    }

    public Task<int> CountAsync(ProductId? product, string? ends, CancellationToken cancel = default) => Listed(product, ends).CountAsync(cancel);

    private IQueryable<NumberRow> Listed(ProductId? product, string? ends)
    {
        var numbers = product is { } one ? db.Numbers.Where(n => n.ProductId == one) : db.Numbers;
        var tail = Reverse(Digits(ends));
        return tail.Length == 0 ? numbers : numbers.Where(n => n.Reversed.StartsWith(tail));
    }

    private async Task<Money> SupplementAsync(string number, CancellationToken cancel) =>
        new(await db.Numbers.Where(n => n.Number == number).Select(n => n.Supplement.Minor).SingleAsync(cancel));

    private Task<int> GiveBackAsync(Expression<Func<NumberRow, bool>> which, CancellationToken cancel)
    {
        (string? nobody, Instant? never, OrderId? noOrder) = (null, null, null);
        return db.Numbers.Where(which).ExecuteUpdateAsync(set => set
            .SetProperty(n => n.Holder, nobody).SetProperty(n => n.HeldUntil, never).SetProperty(n => n.OrderId, noOrder), cancel);
    }

    private static Expression<Func<NumberRow, bool>> IsFree(Instant now, string? holder) => n =>
        n.OrderId == null && (n.HeldUntil == null || n.HeldUntil <= now || n.Holder == holder);

    internal static string Reverse(string digits) => new([.. digits.Reverse()]);

    private static string Digits(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit));
}
