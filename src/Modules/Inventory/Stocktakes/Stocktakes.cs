namespace HaoSuan.Inventory;

/// <summary>The stocktakes and their differences, the last ones first.</summary>
public sealed class Stocktakes(Db db)
{
    /// <summary>Cards are money: whoever keeps them and whoever keeps the books hears of what is missing.</summary>
    internal static readonly string[] Departments = [Policies.Operations, Policies.Finance];

    public async Task<IReadOnlyList<Stocktake>> ListAsync(int skip, int take, CancellationToken cancel = default) =>
        await Summed(db.Stocktakes.OrderByDescending(s => s.StartedAt).ThenBy(s => s.Id).Skip(skip).Take(take)).ToListAsync(cancel);

    public Task<int> CountAsync(CancellationToken cancel = default) => db.Stocktakes.CountAsync(cancel);

    public Task<Stocktake?> FindAsync(Guid id, CancellationToken cancel = default) =>
        Summed(db.Stocktakes.Where(s => s.Id == id)).FirstOrDefaultAsync(cancel);

    /// <summary>Its differences, the undecided ones first.</summary>
    public async Task<IReadOnlyList<CountedDifference>> DifferencesAsync(Guid id, int take, CancellationToken cancel = default)
    {
        var rows = await db.CountDifferences.AsNoTracking().Where(d => d.StocktakeId == id)
            .OrderBy(d => d.Decision == null ? 0 : 1).ThenBy(d => d.Kind).ThenBy(d => d.Iccid).Take(take).ToListAsync(cancel);
        return rows.ConvertAll(d => d.ToDifference());
    }

    internal static void Close(StocktakeRow stocktake, int booked, int left, Outbox outbox, TimeProvider time)
    {
        (stocktake.State, stocktake.ClosedAt) = (StocktakeState.Closed, time.Now);
        foreach (var policy in Departments) outbox.Publish(new StocktakeClosed(stocktake.Id, policy, stocktake.Place, booked, left));
    }

    private IQueryable<Stocktake> Summed(IQueryable<StocktakeRow> rows)
    {
        var differences = db.CountDifferences;
        return rows.Select(s => new Stocktake(
            s.Id, s.Place, s.State, s.StartedBy, s.StartedAt, s.ComparedAt, s.ClosedAt, s.Expected, s.Counted,
            differences.Count(d => d.StocktakeId == s.Id), differences.Count(d => d.StocktakeId == s.Id && d.Decision == null)));
    }
}
