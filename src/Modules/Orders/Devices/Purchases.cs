namespace HaoSuan.Orders;

/// <summary>Reads purchases of cards for devices.</summary>
public sealed class Purchases(Db db)
{
    /// <summary>The purchase that an order is part of; null where it is none.</summary>
    public async Task<Purchase?> OfAsync(OrderId order, CancellationToken cancel = default)
    {
        if (await db.Orders.Where(o => o.Id == order).Select(o => o.PurchaseId).FirstOrDefaultAsync(cancel) is not { } id) return null;
        var p = await db.Purchases.AsNoTracking().SingleAsync(p => p.Id == id, cancel);
        var cards = await db.Orders.Where(o => o.PurchaseId == id).OrderBy(o => o.Id)
            .Select(o => new PurchasedCard(o.Id, o.OrderNo, o.State, o.Iccid)).ToListAsync(cancel);
        return new(p.Id, p.Company, p.CreditCode, p.Use, p.Quantity, p.At, p.Risk, p.Limits, p.AssessedAt, p.AssessedBy, cards);
    }

    /// <summary>Places a purchase, or finds the one that the same form has placed before: a form that is sent twice buys once.</summary>
    internal Task<Result<PlacedOrder>> OnceAsync(NewOrder asked, Func<Task<Result<PlacedOrder>>> place, CancellationToken cancel) =>
        Guid.TryParse(asked.Form.Purchase, out var id)
            ? db.InTransaction<Result<PlacedOrder>>(async () =>
            {
                // The same form at the same time loses its race when it saves, and finds the purchase here.
                return await PlacedAsync(id, asked, cancel) is { } before ? before : await place();
            }, cancel)
            : place();

    private async Task<PlacedOrder?> PlacedAsync(Guid id, NewOrder asked, CancellationToken cancel) =>
        await db.Orders.AsNoTracking().Where(o => o.PurchaseId == id && o.Seller == asked.Seller && o.ProductId == asked.Product)
            .OrderBy(o => o.Id).FirstOrDefaultAsync(cancel) is { } first
            ? new PlacedOrder(first.Id, first.OrderNo, first.Token, first.Price, first.Price.IsZero ? null : asked.Form.Channel)
            : null;

    /// <summary>How many wait to be assessed, and the order of the oldest.</summary>
    public async Task<(int Count, OrderId? Oldest)> WaitingAsync(CancellationToken cancel = default)
    {
        var orders = db.Orders;
        // Whoever gives all its cards back waits for nothing.
        var waiting = db.Purchases.Where(p => p.AssessedAt == null
            && orders.Any(o => o.PurchaseId == p.Id && (o.State == OrderState.Confirmed || o.State == OrderState.AwaitingPayment)));
        var oldest = await waiting.OrderBy(p => p.At).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(cancel);
        return oldest is null
            ? (0, null)
            : (await waiting.CountAsync(cancel), await orders.Where(o => o.PurchaseId == oldest).Select(o => (OrderId?)o.Id).FirstAsync(cancel));
    }

    /// <summary>Whether the order may not go on yet, since nobody has assessed its use.</summary>
    internal Task<bool> HoldsAsync(Guid? purchase, CancellationToken cancel) =>
        db.Purchases.AnyAsync(p => p.Id == purchase && p.AssessedAt == null, cancel);
}
