using HaoSuan.Catalog;

namespace HaoSuan.Inventory;

/// <summary>Allocates cards in stock to a product, and so to its upstream (配卡): all of them or none.</summary>
public sealed class AssignCards(Db db, Products products, Actor actor, Outbox outbox, Audit audit, TimeProvider time)
{
    /// <returns>How many cards were for another product before, or for none.</returns>
    public Task<Result<int>> RunAsync(ProductId product, IReadOnlyList<CardLine> cards, CancellationToken cancel = default) =>
        db.InTransaction(() => AssignAsync(product, cards, cancel), cancel);

    private async Task<Result<int>> AssignAsync(ProductId id, IReadOnlyList<CardLine> cards, CancellationToken cancel)
    {
        if (await products.FindAsync(id, cancel) is not { } product) return new Refusal("inventory.product_unknown").On("product");
        CardBook book = new(db, actor, outbox, time);
        var rows = await book.LockAsync([.. cards.Select(c => c.Iccid)], cancel);
        var faults = cards.Where(c => rows.GetValueOrDefault(c.Iccid) is not { State: CardState.InStock })
            .Select(c => new Refusal("inventory.line_not_in_stock", c.Line, c.Iccid)).ToList();
        if (faults.Count > 0) return Faults.Of(faults, "iccids");
        var changed = rows.Values.Where(c => c.ProductId != id).ToList();
        foreach (var card in changed) book.Move(card, CardState.InStock, product.Code, product: id);
        audit.Record("cards.assigned", $"product:{id.Value}", $"{changed.Count}");
        return changed.Count;
    }
}
