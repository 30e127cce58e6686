using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Inventory;

/// <summary>The warehouses: <c>/office/warehouses</c>.</summary>
internal sealed class WarehousesEndpoint(Warehouses warehouses, Cards cards, Texts texts)
{
    public static Task<IResult> Show(WarehousesEndpoint page, CancellationToken cancel) => page.PageAsync(null, [], cancel);

    public static async Task<IResult> Change(
        [FromForm] string? name, [FromForm(Name = "do")] string? verb, WarehousesEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var changed = await page.ChangeAsync(name ?? "", verb, cancel);
        if (changed.IsRefused) return await page.PageAsync(verb == "close" ? null : name, changed.Refusals, cancel);
        http.LeaveNotice(verb == "close" ? "已停用。" : "仓库已启用。");
        return TypedResults.LocalRedirect("/office/warehouses");
    }

    private Task<Result<Done>> ChangeAsync(string name, string? verb, CancellationToken cancel) =>
        verb == "close" ? warehouses.CloseAsync(name, cancel) : warehouses.OpenAsync(name, cancel);

    private async Task<IResult> PageAsync(string? name, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var shown = new
        {
            Warehouses = await warehouses.AllAsync(cancel),
            Held = (await cards.StockAsync(cancel)).Where(l => l.State == CardState.InStock)
                .GroupBy(l => l.Place).ToDictionary(g => g.Key, g => g.Sum(l => l.Count)),
            Name = name,
            Errors = CardInput.Errors(refusals, texts),
        };
        return new RazorComponentResult<WarehousesPage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
