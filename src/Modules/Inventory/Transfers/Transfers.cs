namespace HaoSuan.Inventory;

/// <summary>The transfers between warehouses (调拨单), the last ones first.</summary>
public sealed class Transfers(Db db)
{
    public async Task<IReadOnlyList<Transfer>> ListAsync(int skip, int take, CancellationToken cancel = default) =>
        await Summed(db.Transfers.OrderByDescending(t => t.SentAt).ThenBy(t => t.Id).Skip(skip).Take(take)).ToListAsync(cancel);

    public Task<int> CountAsync(CancellationToken cancel = default) => db.Transfers.CountAsync(cancel);

    public Task<Transfer?> FindAsync(Guid id, CancellationToken cancel = default) =>
        Summed(db.Transfers.Where(t => t.Id == id)).FirstOrDefaultAsync(cancel);

    /// <summary>Its cards, those on their way first.</summary>
    public async Task<IReadOnlyList<TransferCard>> CardsAsync(Guid id, int take, CancellationToken cancel = default) =>
        await db.TransferCards.Where(c => c.TransferId == id)
            .OrderBy(c => c.Outcome == TransferOutcome.OnTheWay ? 0 : c.Outcome == TransferOutcome.Lost ? 1 : 2).ThenBy(c => c.Iccid).Take(take)
            .Select(c => new TransferCard(c.Iccid, c.Outcome, c.SettledAt)).ToListAsync(cancel);

    private IQueryable<Transfer> Summed(IQueryable<TransferRow> rows)
    {
        var cards = db.TransferCards;
        return rows.Select(t => new Transfer(
            t.Id, t.FromPlace, t.ToPlace, t.Note, t.SentBy, t.SentAt, t.Cards,
            cards.Count(c => c.TransferId == t.Id && c.Outcome == TransferOutcome.OnTheWay),
            cards.Count(c => c.TransferId == t.Id && c.Outcome == TransferOutcome.Lost)));
    }
}
