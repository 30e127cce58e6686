using HaoSuan.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Inventory;

/// <summary>The pool of numbers and its import: <c>/office/numbers</c>.</summary>
internal sealed class NumbersEndpoint(Numbers numbers, ImportNumbers import, Products products, Texts texts, TimeProvider time)
{
    private const int PerPage = 50;

    public static Task<IResult> Show(
        string? product, int? page, [AsParameters] NumberQuery query, NumbersEndpoint numbers, CancellationToken cancel) =>
        numbers.PageAsync(new(product, page), query, new(), [], cancel);

    public static async Task<IResult> Import(
        [FromForm] NumbersPage.Input form, IFormFile? file, NumbersEndpoint numbers, HttpContext http, CancellationToken cancel)
    {
        var imported = await numbers.ImportAsync(form, file, cancel);
        if (imported.IsRefused) return await numbers.PageAsync(new(form.Product, null), NumberQuery.None, form, imported.Refusals, cancel);
        http.LeaveNotice($"已导入 {imported.Value.Added} 个号码，其中 {imported.Value.Known} 个之前已在号码池。");
        return TypedResults.LocalRedirect($"/office/numbers?product={form.Product}");
    }

    private async Task<Result<Received>> ImportAsync(NumbersPage.Input form, IFormFile? file, CancellationToken cancel)
    {
        if (!Guid.TryParse(form.Product, out var id) || await products.FindAsync(new(id), cancel) is not { } product)
            return new Refusal("inventory.product_unknown").On("product");
        if (file is not { Length: > 0 }) return await import.RunAsync(product.Id, form.Numbers ?? "", cancel);
        return (await CardInput.LinesAsync(file, cancel)).TryGet(out var lines, out var refusals)
            ? await import.RunAsync(product.Id, lines, cancel)
            : refusals.ToList();
    }

    private async Task<IResult> PageAsync(
        NumbersPage.Place place, NumberQuery query, NumbersPage.Input form, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var all = await products.AllAsync(cancel);
        var product = all.FirstOrDefault(p => $"{p.Id.Value}" == place.Product) ?? all.FirstOrDefault(p => p.PicksNumber);
        var found = product is null ? new(1, [], 0) : await numbers.ListAsync(product.Id, query.ToSearch(), place.Page ?? 1, PerPage, cancel);
        var shown = new
        {
            Rows = found.Numbers,
            Products = all,
            At = new NumbersPage.Place($"{product?.Id.Value}", found.Page),
            Query = query,
            found.Total,
            Pages = (found.Total + PerPage - 1) / PerPage,
            Form = form,
            Errors = CardInput.Errors(refusals, texts),
            Now = time.Now,
        };
        return new RazorComponentResult<NumbersPage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
