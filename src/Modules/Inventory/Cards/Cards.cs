namespace HaoSuan.Inventory;

/// <summary>The stock of cards (库存), card by card, as orders need it. Every step is kept in an append-only history.</summary>
public sealed class Cards(Db db, Actor actor, Outbox outbox, TimeProvider time)
{
    private readonly CardBook _book = new(db, actor, outbox, time);

    /// <summary>A card of the product for the order: the one that it has already, or the next of the stock.</summary>
    public Task<Result<string>> AllocateAsync(OrderId order, ProductId product, CancellationToken cancel = default) =>
        db.InTransaction(() => TakeAsync(order, product, null, cancel), cancel);

    /// <summary>That card of the product for the order. Refused with <c>inventory.card_not_free</c> where it is not in stock for it.</summary>
    public Task<Result<string>> AllocateAsync(OrderId order, ProductId product, string iccid, CancellationToken cancel = default) =>
        db.InTransaction(() => TakeAsync(order, product, iccid, cancel), cancel);

    /// <summary>Writes down that a card has taken another one's place at an order, for good. Once told, it is known.</summary>
    public Task ReplacedAsync(string oldIccid, string newIccid, OrderId order, string reason, CancellationToken cancel = default) =>
        db.InTransaction(async () =>
        {
            if (await db.Replacements.AnyAsync(r => r.OldIccid == oldIccid && r.NewIccid == newIccid && r.OrderId == order, cancel)) return;
            db.Add(new ReplacementRow { OldIccid = oldIccid, NewIccid = newIccid, OrderId = order, Reason = reason, At = time.Now });
        }, cancel);

    /// <summary>Which card has taken this one's place, and whose place it has taken, the first one first.</summary>
    public async Task<IReadOnlyList<CardReplacement>> ReplacementsAsync(string iccid, CancellationToken cancel = default) =>
        await db.Replacements.Where(r => r.OldIccid == iccid || r.NewIccid == iccid).OrderBy(r => r.At)
            .Select(r => new CardReplacement(r.OldIccid, r.NewIccid, r.OrderId, r.Reason, r.At)).ToListAsync(cancel);

    /// <summary>The number printed on a card as we write it; null where the text is none.</summary>
    public static string? Read(string? text) => Iccid.Of(text ?? "") is var iccid && Iccid.IsValid(iccid) ? iccid : null;

    /// <summary>Moves the card on. To where it is already: nothing happens. Refused with <c>inventory.card_unknown</c> and
    /// <c>inventory.move_not_possible</c>; a card that leaves its order (back in stock, returned) is free of it.</summary>
    public Task<Result<Done>> MoveAsync(string iccid, CardState to, string reason, CancellationToken cancel = default) =>
        db.InTransaction(() => StepAsync(iccid, to, reason, cancel), cancel);

    public async Task<Card?> FindAsync(string iccid, CancellationToken cancel = default) =>
        (await db.Cards.AsNoTracking().FirstOrDefaultAsync(c => c.Iccid == iccid, cancel))?.ToCard();

    /// <summary>The card that the order has.</summary>
    public async Task<Card?> OfOrderAsync(OrderId order, CancellationToken cancel = default) =>
        (await db.Cards.AsNoTracking().FirstOrDefaultAsync(c => c.OrderId == order, cancel))?.ToCard();

    /// <summary>Cards by the end of their ICCID, the first ones.</summary>
    public async Task<IReadOnlyList<Card>> SearchAsync(string ends, int take, CancellationToken cancel = default)
    {
        var tail = Iccid.Of(ends);
        var rows = await db.Cards.AsNoTracking().Where(c => c.Iccid.EndsWith(tail)).OrderBy(c => c.Iccid).Take(take).ToListAsync(cancel);
        return rows.ConvertAll(c => c.ToCard());
    }

    /// <summary>The cards that came back and wait for their inspection (退回待检), the first ones.</summary>
    public async Task<IReadOnlyList<Card>> ReturnedAsync(int take, CancellationToken cancel = default)
    {
        var rows = await db.Cards.AsNoTracking().Where(c => c.State == CardState.Returned).OrderBy(c => c.Place).ThenBy(c => c.Iccid)
            .Take(take).ToListAsync(cancel);
        return rows.ConvertAll(c => c.ToCard());
    }

    /// <summary>How many cards of each product are in each state, by warehouse.</summary>
    public async Task<IReadOnlyList<StockLevel>> StockAsync(CancellationToken cancel = default) =>
        await db.Cards.GroupBy(c => new { c.Place, c.ProductId, c.State })
            .Select(g => new StockLevel(g.Key.Place, g.Key.ProductId, g.Key.State, g.Count())).ToListAsync(cancel);

    /// <summary>A card's whole life, from its receipt on.</summary>
    public async Task<IReadOnlyList<CardMove>> HistoryAsync(string iccid, CancellationToken cancel = default) =>
        await db.Moves.Where(m => m.Iccid == iccid).OrderBy(m => m.Step)
            .Select(m => new CardMove(m.FromState, m.ToState, m.Place, m.ProductId, m.OrderId, m.Reason, m.Actor, m.At)).ToListAsync(cancel);

    private async Task<Result<string>> TakeAsync(OrderId order, ProductId product, string? only, CancellationToken cancel)
    {
        if (await OfOrderAsync(order, cancel) is { } own) return own.Iccid;
        while (await NextAsync(product, only, cancel) is { } iccid)
        {
            // Somebody else may be as fast: whoever has waited for the row finds it taken, and asks for the next one.
            if (await db.Cards.Where(c => c.Iccid == iccid && c.State == CardState.InStock && c.ProductId == product).ForUpdate()
                .FirstOrDefaultAsync(cancel) is not { } card) continue;
            card.OrderId = order;
            _book.Move(card, CardState.Allocated, "");
            await db.SaveChangesAsync(cancel);
            if (await NextAsync(product, null, cancel) is null) outbox.Publish(new StockRanOut(product, iccid));
            return iccid;
        }
        return only is null ? new Refusal("inventory.out_of_stock") : new Refusal("inventory.card_not_free", only);
    }

    private Task<string?> NextAsync(ProductId product, string? only, CancellationToken cancel) =>
        db.Cards.Where(c => c.ProductId == product && c.State == CardState.InStock && (only == null || c.Iccid == only))
            .OrderBy(c => c.Iccid).Select(c => c.Iccid).FirstOrDefaultAsync(cancel);

    private async Task<Result<Done>> StepAsync(string iccid, CardState to, string reason, CancellationToken cancel)
    {
        if (!(await _book.LockAsync([iccid], cancel)).TryGetValue(iccid, out var card)) return new Refusal("inventory.card_unknown", iccid);
        if (card.State == to) return default(Done);
        if (!CardLife.Allows(card.State, to)) return new Refusal("inventory.move_not_possible", iccid);
        _book.Move(card, to, reason);
        await db.SaveChangesAsync(cancel);
        return default(Done);
    }
}
