namespace HaoSuan.Inventory;

/// <summary>Where cards are kept (仓库). A warehouse is known by its name, which stands in the history of its cards and is never changed.</summary>
public sealed class Warehouses(Db db, Audit audit, TimeProvider time)
{
    private const int LongestName = 60;

    public async Task<IReadOnlyList<Warehouse>> AllAsync(CancellationToken cancel = default) =>
        [.. (await db.Warehouses.AsNoTracking().OrderBy(w => w.Name).ToListAsync(cancel)).Select(w => w.ToWarehouse())];

    /// <summary>Opens a warehouse, again where it was closed. One that is open stays so.</summary>
    public Task<Result<Done>> OpenAsync(string name, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        var clean = name.Trim();
        if (clean.Length is 0 or > LongestName) return (Result<Done>)new Refusal("inventory.no_warehouse_name").On("name");
        var known = await db.Warehouses.FirstOrDefaultAsync(w => w.Name == clean, cancel);
        if (known is { ClosedAt: null }) return default(Done);
        if (known is null) await AddAsync(clean, cancel);
        else known.ClosedAt = null;
        audit.Record("warehouse.opened", $"warehouse:{clean}");
        return default(Done);
    }, cancel);

    /// <summary>Closes a warehouse. Refused while cards are in it or on their way to it, or while it is counted.</summary>
    public Task<Result<Done>> CloseAsync(string name, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        if (await db.Warehouses.Where(w => w.Name == name).ForUpdate().FirstOrDefaultAsync(cancel) is not { } warehouse)
            return (Result<Done>)new Refusal("inventory.warehouse_unknown").On("warehouse");
        if (warehouse.ClosedAt is not null) return default(Done);
        var held = await db.Cards.CountAsync(c => c.Place == name
            && (c.State == CardState.InStock || c.State == CardState.InTransit || c.State == CardState.Allocated || c.State == CardState.Returned), cancel);
        if (held > 0) return new Refusal("inventory.warehouse_not_empty", name, held);
        if (await db.Stocktakes.AnyAsync(s => s.Place == name && s.State != StocktakeState.Closed, cancel))
            return new Refusal("inventory.stocktake_open", name);
        warehouse.ClosedAt = time.Now;
        audit.Record("warehouse.closed", $"warehouse:{name}");
        return default(Done);
    }, cancel);

    private async Task AddAsync(string name, CancellationToken cancel)
    {
        db.Add(new WarehouseRow { Name = name, OpenedAt = time.Now });
        await db.SaveOrRunAgainAsync(cancel);
    }
}

internal static class OpenWarehouse
{
    extension(Db db)
    {
        /// <summary>Null where cards may be brought there: the warehouse is there, and open until the transaction ends.</summary>
        public async Task<Refusal?> ClosedAsync(string name, string field, CancellationToken cancel) =>
            await db.Warehouses.Where(w => w.Name == name).ForUpdate().FirstOrDefaultAsync(cancel) is { ClosedAt: null }
                ? null
                : new Refusal("inventory.warehouse_unknown").On(field);
    }
}
