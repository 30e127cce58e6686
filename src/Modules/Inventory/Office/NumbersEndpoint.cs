using HaoSuan.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Inventory;

/// <summary>The pool of numbers and its import: <c>/office/numbers</c>.</summary>
internal sealed class NumbersEndpoint(Numbers numbers, ImportNumbers import, Products products, Texts texts, TimeProvider time)
{
    private const int PerPage = 50;
    private const int LargestFile = 5_000_000;

    public static Task<IResult> Show([AsParameters] NumbersPage.Search query, NumbersEndpoint page, CancellationToken cancel) =>
        page.PageAsync(query, new(), FormErrors.None, cancel);

    public static async Task<IResult> Import(
        [FromForm] NumbersPage.Input form, IFormFile? file, NumbersEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var imported = await page.ImportAsync(form, file, cancel);
        if (imported.IsRefused)
            return await page.PageAsync(new(null, null, null), form, FormErrors.Of(imported.Refusals, r => page.Texts.Of(r)), cancel);
        http.LeaveNotice($"已导入 {imported.Value.Added} 个号码，其中 {imported.Value.Known} 个之前已在号码池。");
        return TypedResults.LocalRedirect($"/office/numbers?product={form.Product}");
    }

    private Texts Texts => texts;

    private async Task<Result<Received>> ImportAsync(NumbersPage.Input form, IFormFile? file, CancellationToken cancel)
    {
        if (!Guid.TryParse(form.Product, out var id) || await products.FindAsync(new(id), cancel) is not { } product)
            return new Refusal("inventory.product_unknown").On("product");
        if (file is { Length: > LargestFile }) return new Refusal("inventory.file_too_large").On("file");
        return await import.RunAsync(product.Id, file is { Length: > 0 } ? await ReadAsync(file, cancel) : form.Numbers ?? "", cancel);
    }

    private static async Task<string> ReadAsync(IFormFile file, CancellationToken cancel)
    {
        using var reader = new StreamReader(file.OpenReadStream());
        return await reader.ReadToEndAsync(cancel);
    }

    private async Task<IResult> PageAsync(NumbersPage.Search query, NumbersPage.Input form, FormErrors errors, CancellationToken cancel)
    {
        ProductId? product = Guid.TryParse(query.Product, out var id) ? new(id) : null;
        var number = Math.Max(1, query.Page ?? 1);
        var total = await numbers.CountAsync(product, query.Ends, cancel);
        var shown = new
        {
            Rows = await numbers.ListAsync(product, query.Ends, (number - 1) * PerPage, PerPage, cancel),
            Products = await products.AllAsync(cancel),
            Query = query with { Page = number },
            Total = total,
            Pages = (total + PerPage - 1) / PerPage,
            Form = form,
            Errors = errors,
            Now = time.Now,
        };
        return new RazorComponentResult<NumbersPage>(shown) { StatusCode = errors.Any ? 422 : 200 };
    }
}
