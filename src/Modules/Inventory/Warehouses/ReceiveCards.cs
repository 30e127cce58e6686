namespace HaoSuan.Inventory;

/// <summary>
/// Takes cards into a warehouse (入库), all of them or none. Cards that are there already stay as they are, so that a sheet may come twice; one
/// that is for another product is refused by its line.
/// </summary>
public sealed class ReceiveCards(Db db, Actor actor, Outbox outbox, Audit audit, TimeProvider time)
{
    /// <param name="product">What they are for; null: that is decided later (未配卡).</param>
    /// <param name="warehouse">Where they are.</param>
    /// <param name="cards">Their numbers.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<Received>> RunAsync(
        ProductId? product, string warehouse, IReadOnlyList<CardLine> cards, CancellationToken cancel = default) =>
        CardLines.Checked(cards).TryGet(out var clean, out var faults)
            ? db.InTransaction(() => ReceiveAsync(product, warehouse, clean, cancel), cancel)
            : Task.FromResult<Result<Received>>(faults.ToList());

    private async Task<Result<Received>> ReceiveAsync(
        ProductId? product, string warehouse, IReadOnlyList<CardLine> cards, CancellationToken cancel)
    {
        if (await db.ClosedAsync(warehouse, "warehouse", cancel) is { } closed) return closed;
        var asked = cards.Select(c => c.Iccid).ToList();
        var known = await db.Cards.Where(c => EF.Parameter(asked).Contains(c.Iccid)).ToDictionaryAsync(c => c.Iccid, c => c.ProductId, cancel);
        var others = cards.Where(c => known.TryGetValue(c.Iccid, out var other) && other != product)
            .Select(c => new Refusal("inventory.line_card_of_another_product", c.Line, c.Iccid)).ToList();
        if (others.Count > 0) return Faults.Of(others, "iccids");
        List<string> fresh = [.. asked.Where(i => !known.ContainsKey(i))];
        await new CardBook(db, actor, outbox, time).ReceiveAsync(fresh, product, warehouse, "", null, cancel);
        audit.Record("cards.received", $"warehouse:{warehouse}", $"{fresh.Count}");
        return new Received(fresh.Count, known.Count);
    }
}
