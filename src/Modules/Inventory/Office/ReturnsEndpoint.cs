using HaoSuan.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Inventory;

/// <summary>Cards that came back, and what becomes of them: <c>/office/stock/returns</c>.</summary>
internal sealed class ReturnsEndpoint(Cards cards, InspectCards inspect, Warehouses warehouses, Products products, Texts texts)
{
    private const int Most = 200;

    public static Task<IResult> Show(ReturnsEndpoint page, CancellationToken cancel) => page.PageAsync(new(), [], [], cancel);

    public static async Task<IResult> Decide([FromForm] ReturnsPage.Input form, ReturnsEndpoint page, HttpContext http, CancellationToken cancel)
    {
        string[] chosen = [.. http.Request.Form["cards"].OfType<string>()];
        var decided = await page.DecideAsync(form, chosen, cancel);
        if (decided.IsRefused) return await page.PageAsync(form, chosen, decided.Refusals, cancel);
        http.LeaveNotice($"已处理 {decided.Value} 张。");
        return TypedResults.LocalRedirect("/office/stock/returns");
    }

    private Task<Result<int>> DecideAsync(ReturnsPage.Input form, string[] iccids, CancellationToken cancel) =>
        form.To == $"{CardState.Scrapped}"
            ? inspect.ScrapAsync(form.Reason, iccids, cancel)
            : inspect.RestockAsync(form.Warehouse ?? "", form.Reason, iccids, cancel);

    private async Task<IResult> PageAsync(ReturnsPage.Input form, IReadOnlyList<string> chosen, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var shown = new
        {
            Cards = await cards.ReturnedAsync(Most, cancel),
            Warehouses = await warehouses.AllAsync(cancel),
            Products = (await products.AllAsync(cancel)).ToDictionary(p => p.Id, p => p.Name),
            Form = form,
            Chosen = chosen,
            Errors = CardInput.Errors(refusals, texts),
        };
        return new RazorComponentResult<ReturnsPage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
