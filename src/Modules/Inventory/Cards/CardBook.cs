namespace HaoSuan.Inventory;

/// <summary>Writes the steps of cards: the row as it is now, and beside it the move, which is never changed.</summary>
internal sealed class CardBook(Db db, Actor actor, Outbox outbox, TimeProvider time)
{
    /// <summary>The cards by number, locked in the order of their numbers, so that two who want the same ones do not wait for each other.</summary>
    public async Task<IReadOnlyDictionary<string, CardRow>> LockAsync(IReadOnlyList<string> iccids, CancellationToken cancel) =>
        await db.Cards.Where(c => EF.Parameter(iccids).Contains(c.Iccid)).OrderBy(c => c.Iccid).ForUpdate().ToDictionaryAsync(c => c.Iccid, cancel);

    /// <summary>New cards, in stock.</summary>
    public async Task ReceiveAsync(IReadOnlyList<string> iccids, ProductId? product, string place, string reason, Guid? paper, CancellationToken cancel)
    {
        var cards = iccids.Select(iccid => new CardRow
        {
            Iccid = iccid,
            ProductId = product,
            Place = place,
            State = CardState.InStock,
            ReceivedAt = time.Now,
            Steps = 1,
        }).ToList();
        try
        {
            await db.InsertAsync([Bulk.Cards.Of(cards), Bulk.Moves.Of(cards.ConvertAll(c => MoveOf(c, null, c.OrderId, reason, paper)))], cancel);
        }
        catch (Exception e) when (Transaction.IsDuplicate(e))
        {
            // Somebody else has received them at the same time, into another warehouse.
            throw new LostRaceException(e);
        }
    }

    /// <summary>A step of a locked card. Who calls has asked <see cref="CardLife"/>.</summary>
    public void Move(CardRow card, CardState to, string reason, string? place = null, ProductId? product = null, Guid? paper = null)
    {
        var (from, order) = (card.State, card.OrderId);
        (card.State, card.Place, card.ProductId, card.Steps) = (to, place ?? card.Place, product ?? card.ProductId, card.Steps + 1);
        db.Add(MoveOf(card, from, order, reason, paper));
        if (to == CardState.Returned && from != CardState.Returned) outbox.Publish(new CardReturned(card.Iccid, card.ProductId));
        if (!CardLife.IsWithOrder(to)) card.OrderId = null;
    }

    private MoveRow MoveOf(CardRow card, CardState? from, OrderId? order, string reason, Guid? paper) => new()
    {
        Iccid = card.Iccid,
        Step = card.Steps,
        FromState = from,
        ToState = card.State,
        OrderId = order,
        Place = card.Place,
        ProductId = card.ProductId,
        Paper = paper,
        Reason = reason,
        Actor = actor.Name,
        At = time.Now,
    };
}
