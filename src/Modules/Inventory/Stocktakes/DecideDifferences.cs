using HaoSuan.Catalog;

namespace HaoSuan.Inventory;

/// <summary>
/// Decides differences of a stocktake. Booked: a missing card is lost, a surplus one is received, one from elsewhere is here now, and what was with
/// a consumer waits for its inspection. With the last decision the stocktake is closed and the departments are told.
/// </summary>
public sealed class DecideDifferences(Db db, Products products, Actor actor, Outbox outbox, Audit audit, TimeProvider time)
{
    private const int LongestReason = 200;

    /// <param name="id">The stocktake.</param>
    /// <param name="iccids">Of which cards; null: of all that are undecided.</param>
    /// <param name="decision">Whether the books follow.</param>
    /// <param name="given">Why.</param>
    /// <param name="product">What surplus cards are for; null: that is decided later.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<int>> RunAsync(
        Guid id, IReadOnlyList<string>? iccids, CountDecision decision, string? given, ProductId? product = null, CancellationToken cancel = default) =>
        db.InTransaction(() => DecideAsync(id, iccids, decision, given?.Trim() ?? "", product, cancel), cancel);

    private async Task<Result<int>> DecideAsync(
        Guid id, IReadOnlyList<string>? iccids, CountDecision decision, string reason, ProductId? product, CancellationToken cancel)
    {
        if (reason.Length is 0 or > LongestReason) return new Refusal("inventory.reason_required").On("reason");
        if (iccids is { Count: 0 }) return new Refusal("inventory.none_chosen").On("iccids");
        if (product is { } of && await products.FindAsync(of, cancel) is null) return new Refusal("inventory.product_unknown").On("product");
        if (await db.Stocktakes.Where(s => s.Id == id).ForUpdate().FirstOrDefaultAsync(cancel) is not { State: StocktakeState.Deciding } stocktake)
            return new Refusal("inventory.nothing_to_decide");
        var all = await db.CountDifferences.Where(d => d.StocktakeId == id).ToListAsync(cancel);
        var chosen = all.Where(d => d.Decision is null && (iccids is null || iccids.Contains(d.Iccid))).OrderBy(d => d.Iccid, StringComparer.Ordinal).ToList();
        if (decision == CountDecision.Book && await BookAsync(stocktake, chosen, reason, product, cancel) is { Count: > 0 } faults)
            return Faults.Of(faults, "iccids");
        foreach (var difference in chosen)
            (difference.Decision, difference.Reason, difference.DecidedBy, difference.DecidedAt) = (decision, reason, actor.Name, time.Now);
        audit.Record("stocktake.decided", $"stocktake:{id}", $"{decision} {chosen.Count} {reason}");
        if (all.All(d => d.Decision is not null))
        {
            var booked = all.Count(d => d.Decision == CountDecision.Book);
            Stocktakes.Close(stocktake, booked, all.Count - booked, outbox, time);
        }
        return chosen.Count;
    }

    private async Task<List<Refusal>> BookAsync(
        StocktakeRow stocktake, List<CountDifferenceRow> chosen, string reason, ProductId? product, CancellationToken cancel)
    {
        CardBook book = new(db, actor, outbox, time);
        var cards = await book.LockAsync([.. chosen.Select(d => d.Iccid)], cancel);
        var moved = await MovedSinceAsync(stocktake.ComparedAt!.Value, cards.Keys, cancel);
        var faults = chosen.Select(d => Fault(d, cards.GetValueOrDefault(d.Iccid), moved.Contains(d.Iccid))).OfType<Refusal>().ToList();
        if (faults.Count > 0) return faults;
        foreach (var difference in chosen.Where(d => d.Kind != CountDifference.Surplus))
        {
            var card = cards[difference.Iccid];
            if (difference.Kind == CountDifference.Missing) book.Move(card, CardState.Lost, reason, paper: stocktake.Id);
            else book.Move(card, CardLife.Found(card.State)!.Value, reason, stocktake.Place, paper: stocktake.Id);
        }
        List<string> surplus = [.. chosen.Where(d => d.Kind == CountDifference.Surplus).Select(d => d.Iccid)];
        await book.ReceiveAsync(surplus, product, stocktake.Place, reason, stocktake.Id, cancel);
        return [];
    }

    /// <summary>Those that were handled since, also where they are again what and where they were.</summary>
    private async Task<HashSet<string>> MovedSinceAsync(Instant compared, IEnumerable<string> iccids, CancellationToken cancel)
    {
        List<string> asked = [.. iccids];
        return (await db.Moves.Where(m => EF.Parameter(asked).Contains(m.Iccid) && m.At > compared).Where(MoveRow.IsHandled)
            .Select(m => m.Iccid).ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What the books say now must be what they said when they were compared: otherwise the card was handled meanwhile.</summary>
    private static Refusal? Fault(CountDifferenceRow difference, CardRow? card, bool moved) =>
        moved || card?.State != difference.BookState || card?.Place != difference.BookPlace ? new Refusal("inventory.moved_since_count", difference.Iccid)
        : difference.Kind == CountDifference.Elsewhere && CardLife.Found(card!.State) is null ? new Refusal("inventory.cannot_be_found", difference.Iccid)
        : null;
}
