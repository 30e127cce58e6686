namespace HaoSuan.Inventory;

/// <summary>Starts a stocktake (盘点) of a warehouse, and takes down what is counted. The warehouse goes on working meanwhile.</summary>
public sealed class CountCards(Db db, Actor actor, Audit audit, TimeProvider time)
{
    private static readonly BulkInsert<CountRow> Counts =
        new BulkInsert<CountRow>("stocktake_count", "do nothing")
            .With("stocktake_id", c => c.StocktakeId)
            .With("iccid", c => c.Iccid)
            .With("counted_at", c => c.CountedAt.Microseconds);

    /// <summary>Starts one, unless one of this warehouse is going on: then that is it.</summary>
    public Task<Result<Guid>> StartAsync(string warehouse, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        // The warehouse's row is locked, so that two who start at once start one.
        if (await db.ClosedAsync(warehouse, "warehouse", cancel) is { } closed) return (Result<Guid>)closed;
        if (await db.Stocktakes.FirstOrDefaultAsync(s => s.Place == warehouse && s.State != StocktakeState.Closed, cancel) is { } open) return open.Id;
        StocktakeRow stocktake = new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Place = warehouse,
            State = StocktakeState.Counting,
            StartedBy = actor.Name,
            StartedAt = time.Now,
        };
        db.Add(stocktake);
        audit.Record("stocktake.started", $"stocktake:{stocktake.Id}", warehouse);
        return stocktake.Id;
    }, cancel);

    /// <summary>Cards that were seen there, by a sheet, typed or scanned, in as many parts as one likes; one that comes twice is one.</summary>
    /// <returns>How many there are now.</returns>
    public Task<Result<int>> CountAsync(Guid id, IReadOnlyList<CardLine> cards, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        if (await db.Stocktakes.Where(s => s.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { State: StocktakeState.Counting } stocktake)
            return (Result<int>)new Refusal("inventory.not_counting");
        await Counts.RunAsync(db, [.. cards.Select(c => new CountRow { StocktakeId = id, Iccid = c.Iccid, CountedAt = time.Now })], cancel);
        stocktake.Counted = await db.Counts.CountAsync(c => c.StocktakeId == id, cancel);
        return stocktake.Counted;
    }, cancel);
}
