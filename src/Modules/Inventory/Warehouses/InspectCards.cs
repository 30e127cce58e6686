namespace HaoSuan.Inventory;

/// <summary>Decides what becomes of cards that came back (退回待检): into a warehouse's stock again, or scrapped (报废). All of them or none.</summary>
public sealed class InspectCards(Db db, Actor actor, Outbox outbox, Audit audit, TimeProvider time)
{
    private const int LongestReason = 200;

    /// <summary>Back into stock, in that warehouse.</summary>
    public Task<Result<int>> RestockAsync(string warehouse, string? reason, IReadOnlyList<string> iccids, CancellationToken cancel = default) =>
        db.InTransaction(
            async () => await db.ClosedAsync(warehouse, "warehouse", cancel) is { } closed
                ? closed
                : await DecideAsync(CardState.InStock, warehouse, reason, iccids, cancel), cancel);

    /// <summary>Scrapped: for good.</summary>
    public Task<Result<int>> ScrapAsync(string? reason, IReadOnlyList<string> iccids, CancellationToken cancel = default) =>
        db.InTransaction(() => DecideAsync(CardState.Scrapped, null, reason, iccids, cancel), cancel);

    private async Task<Result<int>> DecideAsync(
        CardState to, string? warehouse, string? given, IReadOnlyList<string> iccids, CancellationToken cancel)
    {
        var reason = given?.Trim() ?? "";
        if (reason.Length is 0 or > LongestReason) return new Refusal("inventory.reason_required").On("reason");
        if (iccids.Count == 0) return new Refusal("inventory.none_chosen").On("iccids");
        CardBook book = new(db, actor, outbox, time);
        var cards = await book.LockAsync(iccids, cancel);
        var moved = iccids.Where(i => cards.GetValueOrDefault(i) is not { State: CardState.Returned })
            .Select(i => new Refusal("inventory.move_not_possible", i)).ToList();
        if (moved.Count > 0) return Faults.Of(moved, "iccids");
        foreach (var card in cards.Values) book.Move(card, to, reason, warehouse);
        audit.Record(to == CardState.Scrapped ? "cards.scrapped" : "cards.restocked", $"cards:{cards.Count}", reason);
        return cards.Count;
    }
}
