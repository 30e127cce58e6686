using HaoSuan.Catalog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Inventory;

/// <summary>How many cards of each product are where: <c>/office/stock</c>.</summary>
internal static class StockEndpoint
{
    public static async Task<RazorComponentResult<StockPage>> Show(
        string? warehouse, Cards cards, Warehouses warehouses, Products products, CancellationToken cancel)
    {
        var all = (await products.AllAsync(cancel)).ToDictionary(p => p.Id);
        var upstreams = (await products.UpstreamsAsync(cancel)).ToDictionary(u => u.Id, u => u.Name);
        var levels = (await cards.StockAsync(cancel)).Where(l => string.IsNullOrEmpty(warehouse) || l.Place == warehouse);
        var rows =
            from level in levels
            group level by (level.Place, level.ProductId) into one
            let product = one.Key.ProductId is { } id ? all.GetValueOrDefault(id) : null
            orderby product?.Code, one.Key.Place
            select new StockPage.Row(
                one.Key.Place, product?.Name ?? InventoryWords.NoProduct, product is null ? "" : upstreams[product.UpstreamId],
                one.ToDictionary(l => l.State, l => l.Count));
        return new(new { Rows = rows.ToList(), Warehouses = await warehouses.AllAsync(cancel), Warehouse = warehouse });
    }
}
