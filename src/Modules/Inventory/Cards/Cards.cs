namespace HaoSuan.Inventory;

/// <summary>The stock of cards (库存), card by card. Every step is kept in an append-only history.</summary>
public sealed class Cards(Db db, Actor actor, Outbox outbox, TimeProvider time)
{
    private const string Place = "place";
    private const string Iccids = "iccids";

    /// <summary>Takes cards into stock. Those that are there already stay as they are; one of another product is refused.</summary>
    public Task<Result<Received>> ReceiveAsync(
        ProductId product, string place, IReadOnlyCollection<string> iccids, CancellationToken cancel = default) =>
        db.InTransaction(() => AddAsync(product, place.Trim(), [.. iccids.Select(Iccid.Of).Distinct(StringComparer.Ordinal)], cancel), cancel);

    /// <summary>A card of the product for the order: the one that it has already, or the next of the stock.</summary>
    public Task<Result<string>> AllocateAsync(OrderId order, ProductId product, CancellationToken cancel = default) =>
        db.InTransaction(() => TakeAsync(order, product, cancel), cancel);

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

    /// <summary>How many cards of each product are in each state.</summary>
    public async Task<IReadOnlyList<StockLevel>> StockAsync(CancellationToken cancel = default) =>
        await db.Cards.GroupBy(c => new { c.ProductId, c.State })
            .Select(g => new StockLevel(g.Key.ProductId, g.Key.State, g.Count())).ToListAsync(cancel);

    /// <summary>A card's whole life, from its receipt on.</summary>
    public async Task<IReadOnlyList<CardMove>> HistoryAsync(string iccid, CancellationToken cancel = default) =>
        await db.Moves.Where(m => m.Iccid == iccid).OrderBy(m => m.Step)
            .Select(m => new CardMove(m.FromState, m.ToState, m.OrderId, m.Reason, m.Actor, m.At)).ToListAsync(cancel);

    private async Task<Result<Received>> AddAsync(ProductId product, string place, List<string> iccids, CancellationToken cancel)
    {
        List<Refusal> faults = [.. iccids.Where(i => !Iccid.IsValid(i)).Take(20).Select(i => new Refusal("inventory.no_iccid", i).On(Iccids))];
        if (iccids.Count == 0) faults.Add(new Refusal("inventory.no_cards").On(Iccids));
        if (place.Length is 0 or > 60) faults.Add(new Refusal("inventory.no_place").On(Place));
        if (faults.Count > 0) return faults;
        var known = await db.Cards.Where(c => iccids.Contains(c.Iccid)).ToDictionaryAsync(c => c.Iccid, c => c.ProductId, cancel);
        if (known.FirstOrDefault(k => k.Value != product) is { Key: { } other })
            return new Refusal("inventory.card_of_another_product", other).On(Iccids);
        foreach (var iccid in iccids.Where(i => !known.ContainsKey(i)))
        {
            db.Add(new CardRow
            {
                Iccid = iccid,
                ProductId = product,
                Place = place,
                State = CardState.InStock,
                ReceivedAt = time.Now,
                Steps = 1,
            });
            Note(iccid, 1, null, CardState.InStock, null, place);
        }
        return new Received(iccids.Count - known.Count, known.Count);
    }

    private async Task<Result<string>> TakeAsync(OrderId order, ProductId product, CancellationToken cancel)
    {
        if (await OfOrderAsync(order, cancel) is { } own) return own.Iccid;
        while (await NextAsync(product, cancel) is { } iccid)
        {
            // Somebody else may be as fast: only one of two finds it still in stock.
            var taken = await db.Cards.Where(c => c.Iccid == iccid && c.State == CardState.InStock).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.State, CardState.Allocated)
                .SetProperty(c => c.OrderId, order)
                .SetProperty(c => c.Steps, c => c.Steps + 1), cancel);
            if (taken == 0) continue;
            var step = await db.Cards.Where(c => c.Iccid == iccid).Select(c => c.Steps).SingleAsync(cancel);
            Note(iccid, step, CardState.InStock, CardState.Allocated, order, "");
            if (await NextAsync(product, cancel) is null) outbox.Publish(new StockRanOut(product, iccid));
            return iccid;
        }
        return new Refusal("inventory.out_of_stock");
    }

    private Task<string?> NextAsync(ProductId product, CancellationToken cancel) =>
        db.Cards.Where(c => c.ProductId == product && c.State == CardState.InStock)
            .OrderBy(c => c.Iccid).Select(c => c.Iccid).FirstOrDefaultAsync(cancel);

    private async Task<Result<Done>> StepAsync(string iccid, CardState to, string reason, CancellationToken cancel)
    {
        if (await db.Cards.Where(c => c.Iccid == iccid).ForUpdate().FirstOrDefaultAsync(cancel) is not { } card)
            return new Refusal("inventory.card_unknown", iccid);
        if (card.State == to) return default(Done);
        if (!CardLife.Allows(card.State, to)) return new Refusal("inventory.move_not_possible", iccid);
        Note(iccid, ++card.Steps, card.State, to, card.OrderId, reason);
        card.State = to;
        if (to == CardState.Returned) outbox.Publish(new CardReturned(iccid, card.ProductId));
        if (!CardLife.IsWithOrder(to)) card.OrderId = null;
        await db.SaveChangesAsync(cancel);
        return default(Done);
    }

    private void Note(string iccid, int step, CardState? from, CardState to, OrderId? order, string reason) => db.Add(new MoveRow
    {
        Iccid = iccid,
        Step = step,
        FromState = from,
        ToState = to,
        OrderId = order,
        Reason = reason,
        Actor = actor.Name,
        At = time.Now,
    });
}
