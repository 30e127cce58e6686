namespace HaoSuan.Inventory;

/// <summary>
/// Ends the counting and compares it with the books. A card that has moved since the stocktake began is no difference, counted or not: the
/// warehouse was at work, and a card may have been seen long before its sheet was handed in.
/// </summary>
public sealed class CompareStocktake(Db db, Outbox outbox, Audit audit, TimeProvider time)
{
    public Task<Result<Done>> RunAsync(Guid id, CancellationToken cancel = default) => db.InTransaction(() => CompareAsync(id, cancel), cancel);

    private async Task<Result<Done>> CompareAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Stocktakes.Where(s => s.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { State: StocktakeState.Counting } stocktake)
            return new Refusal("inventory.not_counting");
        var here = await HereAsync(stocktake.Place, cancel);
        if (stocktake.Counted == 0 && here.Count > 0) return new Refusal("inventory.nothing_counted");
        var counted = (await db.Counts.Where(c => c.StocktakeId == id).Select(c => c.Iccid).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
        List<CountDifferenceRow> found = [.. await MissingAsync(stocktake, here, counted, cancel), .. await UnexpectedAsync(stocktake, here, counted, cancel)];
        db.AddRange(found);
        (stocktake.State, stocktake.ComparedAt, stocktake.Expected) = (StocktakeState.Deciding, time.Now, here.Count);
        audit.Record("stocktake.compared", $"stocktake:{id}", $"{found.Count}");
        int Of(CountDifference kind) => found.Count(d => d.Kind == kind);
        foreach (var policy in Stocktakes.Departments)
            outbox.Publish(new StocktakeCompared(
                id, policy, stocktake.Place, Of(CountDifference.Missing), Of(CountDifference.Surplus), Of(CountDifference.Elsewhere)));
        if (found.Count == 0) Stocktakes.Close(stocktake, 0, 0, outbox, time);
        return default(Done);
    }

    private async Task<Dictionary<string, CardRow>> HereAsync(string place, CancellationToken cancel) =>
        await db.Cards.AsNoTracking()
            .Where(c => c.Place == place && (c.State == CardState.InStock || c.State == CardState.Allocated || c.State == CardState.Returned))
            .ToDictionaryAsync(c => c.Iccid, cancel);

    private async Task<IEnumerable<CountDifferenceRow>> MissingAsync(
        StocktakeRow stocktake, Dictionary<string, CardRow> here, HashSet<string> counted, CancellationToken cancel)
    {
        var missing = here.Values.Where(c => !counted.Contains(c.Iccid) && c.State != CardState.Allocated).ToList();
        var moved = await LastMovesAsync([.. missing.Select(c => c.Iccid)], cancel);
        return missing.Where(c => moved[c.Iccid] < stocktake.StartedAt).Select(c => Difference(stocktake, c.Iccid, CountDifference.Missing, c));
    }

    private async Task<IEnumerable<CountDifferenceRow>> UnexpectedAsync(
        StocktakeRow stocktake, Dictionary<string, CardRow> here, HashSet<string> counted, CancellationToken cancel)
    {
        var unexpected = counted.Where(i => !here.ContainsKey(i)).ToList();
        var known = await db.Cards.AsNoTracking().Where(c => EF.Parameter(unexpected).Contains(c.Iccid)).ToDictionaryAsync(c => c.Iccid, cancel);
        var moved = await LastMovesAsync(unexpected, cancel);
        return unexpected.Where(i => !moved.TryGetValue(i, out var at) || at < stocktake.StartedAt).Select(i => Difference(
            stocktake, i, known.ContainsKey(i) ? CountDifference.Elsewhere : CountDifference.Surplus, known.GetValueOrDefault(i)));
    }

    private async Task<Dictionary<string, Instant>> LastMovesAsync(List<string> iccids, CancellationToken cancel) =>
        (await db.Moves.Where(m => EF.Parameter(iccids).Contains(m.Iccid)).Where(MoveRow.IsHandled).Select(m => new { m.Iccid, m.At }).ToListAsync(cancel))
            .GroupBy(m => m.Iccid).ToDictionary(g => g.Key, g => g.Max(m => m.At));

    private static CountDifferenceRow Difference(StocktakeRow stocktake, string iccid, CountDifference kind, CardRow? card) =>
        new() { StocktakeId = stocktake.Id, Iccid = iccid, Kind = kind, BookState = card?.State, BookPlace = card?.Place };
}
