using HaoSuan.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Inventory;

/// <summary>How many cards of each product are where, and the receipt of new ones: <c>/office/stock</c>.</summary>
internal sealed class StockEndpoint(Cards cards, Products products, Texts texts)
{
    public static Task<IResult> Show(StockEndpoint page, CancellationToken cancel) =>
        page.PageAsync(new(null, null, null), FormErrors.None, cancel);

    public static async Task<IResult> Receive([FromForm] StockPage.Input form, StockEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (!Guid.TryParse(form.Product, out var id) || await page.Products.FindAsync(new(id), cancel) is not { } product)
            return await page.PageAsync(form, page.Errors([new Refusal("inventory.product_unknown").On("product")]), cancel);
        var iccids = (form.Iccids ?? "").Split((char[])['\n', '\r', ',', '，', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var received = await page.Cards.ReceiveAsync(product.Id, form.Place ?? "", iccids, cancel);
        if (received.IsRefused) return await page.PageAsync(form, page.Errors(received.Refusals), cancel);
        http.LeaveNotice($"已入库 {received.Value.Added} 张，其中 {received.Value.Known} 张之前已入库。");
        return TypedResults.LocalRedirect("/office/stock");
    }

    private Cards Cards => cards;

    private Products Products => products;

    private FormErrors Errors(IEnumerable<Refusal> refusals) => FormErrors.Of(refusals, r => texts.Of(r));

    private async Task<IResult> PageAsync(StockPage.Input form, FormErrors errors, CancellationToken cancel)
    {
        var levels = (await cards.StockAsync(cancel)).ToLookup(l => l.ProductId);
        var all = await products.AllAsync(cancel);
        var shown = new
        {
            Rows = all.Where(p => levels[p.Id].Any())
                .Select(p => new StockPage.Row(p, levels[p.Id].ToDictionary(l => l.State, l => l.Count))).ToList(),
            Products = all,
            Form = form,
            Errors = errors,
        };
        return new RazorComponentResult<StockPage>(shown) { StatusCode = errors.Any ? 422 : 200 };
    }
}
