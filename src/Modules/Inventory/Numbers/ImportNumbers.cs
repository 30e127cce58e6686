namespace HaoSuan.Inventory;

/// <summary>Adds numbers to a product's pool from pasted lines or a csv file. Numbers that are there already stay as they are.</summary>
public sealed class ImportNumbers(Db db, Audit audit)
{
    public async Task<Result<Received>> RunAsync(ProductId product, string text, CancellationToken cancel = default) =>
        NumberLines.Read(text).TryGet(out var lines, out var faults)
            ? await db.InTransaction(() => AddAsync(product, lines, cancel), cancel)
            : faults.ToList();

    private async Task<Result<Received>> AddAsync(
        ProductId product, IReadOnlyList<(string Number, Money Supplement)> lines, CancellationToken cancel)
    {
        var asked = lines.Select(l => l.Number).ToList();
        var known = await db.Numbers.Where(n => asked.Contains(n.Number)).ToDictionaryAsync(n => n.Number, n => n.ProductId, cancel);
        if (known.FirstOrDefault(k => k.Value != product) is { Key: { } other })
            return new Refusal("inventory.number_of_another_product", other).On("numbers");
        db.AddRange(lines.Where(l => !known.ContainsKey(l.Number)).Select(l => new NumberRow
        {
            Number = l.Number,
            Reversed = Numbers.Reverse(l.Number),
            ProductId = product,
            Supplement = l.Supplement,
            Pattern = Patterns.Of(l.Number),
        }));
        audit.Record("numbers.imported", $"product:{product.Value}", $"{lines.Count - known.Count}");
        return new Received(lines.Count - known.Count, known.Count);
    }
}
