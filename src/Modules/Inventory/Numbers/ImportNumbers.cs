using HaoSuan.Platform.Sheets;

namespace HaoSuan.Inventory;

/// <summary>
/// Adds numbers to a product's pool, all of them or none, from pasted lines or a sheet. Numbers that are there already stay as they are, so that a
/// sheet may come twice; one of another product's pool is refused by its line.
/// </summary>
public sealed class ImportNumbers(Db db, Audit audit)
{
    public Task<Result<Received>> RunAsync(ProductId product, string text, CancellationToken cancel = default) =>
        RunAsync(product, SheetLines.Of(text), cancel);

    public Task<Result<Received>> RunAsync(ProductId product, IReadOnlyList<SheetLine> sheet, CancellationToken cancel = default) =>
        NumberLines.Read(sheet).TryGet(out var lines, out var faults)
            ? db.InTransaction(() => AddAsync(product, lines, cancel), cancel)
            : Task.FromResult<Result<Received>>(faults.ToList());

    private async Task<Result<Received>> AddAsync(ProductId product, IReadOnlyList<NumberLine> lines, CancellationToken cancel)
    {
        var import = await NextAsync(product, cancel);
        var asked = lines.Select(l => l.Number).ToList();
        var known = await db.Numbers.Where(n => EF.Parameter(asked).Contains(n.Number)).ToDictionaryAsync(n => n.Number, n => n.ProductId, cancel);
        var others = lines.Where(l => known.TryGetValue(l.Number, out var other) && other != product)
            .Select(l => new Refusal("inventory.line_number_of_another_product", l.Line, l.Number)).ToList();
        if (others.Count > 0) return Faults.Of(others, "numbers");
        var fresh = lines.Where(l => !known.ContainsKey(l.Number)).Select(l => new NumberRow
        {
            Number = l.Number,
            ProductId = product,
            Supplement = l.Supplement?.Minor,
            Pattern = Patterns.Of(l.Number),
            Import = import,
        }).ToList();
        try
        {
            await Bulk.Numbers.RunAsync(db, fresh, cancel);
        }
        catch (Exception e) when (Transaction.IsDuplicate(e))
        {
            // Somebody else has imported some of them at the same time.
            throw new LostRaceException(e);
        }
        // Without statistics SQLite takes any index that begins alike. They are a sample, made in milliseconds; PostgreSQL makes its own.
        if (db.Engine == Engine.Sqlite) await db.Database.ExecuteSqlRawAsync("pragma analysis_limit = 1000; analyze pool_number", cancel);
        audit.Record("numbers.imported", $"product:{product.Value}", $"{fresh.Count}");
        return new Received(fresh.Count, known.Count);
    }

    // Others who import into this pool wait here until the transaction ends: imports are seen in the sequence of their numbers, and none is missed.
    private async Task<int> NextAsync(ProductId product, CancellationToken cancel) => (await db.Database.SqlQuery<int>(
        $"""
        insert into pool_head (tenant_id, product_id, imports) values ({db.CurrentTenant.Value}, {product.Value}, 1)
        on conflict (tenant_id, product_id) do update set imports = pool_head.imports + 1 returning imports as "Value"
        """).ToListAsync(cancel)).Single();
}
