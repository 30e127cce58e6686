namespace HaoSuan.Inventory;

/// <summary>Cards as orders have them, to be compared with the orders.</summary>
public sealed class CardsUnderWay(Db db)
{
    /// <summary>Cards in a state, by ICCID from the given one on.</summary>
    public async Task<IReadOnlyList<Card>> InAsync(CardState state, string after, int take, CancellationToken cancel = default) =>
        (await db.Cards.AsNoTracking().Where(c => c.State == state && string.Compare(c.Iccid, after) > 0).OrderBy(c => c.Iccid).Take(take).ToListAsync(cancel))
        .ConvertAll(c => c.ToCard());

    /// <summary>Those of these that are cards of ours.</summary>
    public async Task<IReadOnlyDictionary<string, Card>> FindAsync(IReadOnlyCollection<string> iccids, CancellationToken cancel = default) =>
        (await db.Cards.AsNoTracking().Where(c => iccids.Contains(c.Iccid)).ToListAsync(cancel)).ToDictionary(c => c.Iccid, c => c.ToCard());
}
