using HaoSuan.Catalog;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Inventory;

/// <summary>Stocktakes: <c>/office/stocktakes</c>. The whole office may look at one; operations counts and decides.</summary>
internal sealed class StocktakesEndpoint(
    Stocktakes stocktakes, CountCards count, CompareStocktake compare, DecideDifferences decide, Warehouses warehouses, Products products,
    IAuthorizationService may, Texts texts)
{
    private const int PerPage = 50;
    private const int MostDifferences = 500;

    public static Task<IResult> List(int? page, StocktakesEndpoint endpoint, CancellationToken cancel) => endpoint.ListAsync(page ?? 1, null, [], cancel);

    public static async Task<IResult> Start([FromForm] string? warehouse, StocktakesEndpoint endpoint, CancellationToken cancel)
    {
        var started = await endpoint.StartAsync(warehouse ?? "", cancel);
        return started.IsRefused
            ? await endpoint.ListAsync(1, warehouse, started.Refusals, cancel)
            : TypedResults.LocalRedirect($"/office/stocktakes/{started.Value}");
    }

    public static Task<IResult> Show(Guid id, StocktakesEndpoint endpoint, HttpContext http, CancellationToken cancel) =>
        endpoint.PageAsync(id, new(), [], [], http, cancel);

    public static async Task<IResult> Change(
        Guid id, [FromForm] StocktakePage.Input form, [FromForm(Name = "do")] string? verb, StocktakesEndpoint endpoint, HttpContext http,
        CancellationToken cancel)
    {
        string[] chosen = [.. http.Request.Form["cards"].OfType<string>()];
        // Asked for as a parameter, the file would have forms refused that carry none.
        var file = http.Request.Form.Files.GetFile("file");
        var changed = await endpoint.ChangeAsync(id, form, verb, chosen, file, cancel);
        if (changed.IsRefused) return await endpoint.PageAsync(id, form, chosen, changed.Refusals, http, cancel);
        http.LeaveNotice(changed.Value);
        return TypedResults.LocalRedirect($"/office/stocktakes/{id}");
    }

    private Task<Result<Guid>> StartAsync(string warehouse, CancellationToken cancel) => count.StartAsync(warehouse, cancel);

    private async Task<Result<string>> ChangeAsync(
        Guid id, StocktakePage.Input form, string? verb, string[] cards, IFormFile? file, CancellationToken cancel)
    {
        switch (verb)
        {
            case "count":
                if (!(await CardInput.ReadSeenAsync(form.Iccids, file, cancel)).TryGet(out var seen, out var faults)) return faults.ToList();
                return (await count.CountAsync(id, seen, cancel)).TryGet(out var all, out faults) ? $"已登记，共清点 {all} 张。" : faults.ToList();
            case "compare":
                return (await compare.RunAsync(id, cancel)).TryGet(out _, out faults) ? "清点结束，已与账面核对。" : faults.ToList();
            default:
                var decision = form.Decision == $"{CountDecision.Leave}" ? CountDecision.Leave : CountDecision.Book;
                // What is no id is refused like an unknown product.
                ProductId? product = string.IsNullOrEmpty(form.Product) ? null : new(Guid.TryParse(form.Product, out var of) ? of : Guid.Empty);
                var decided = await decide.RunAsync(id, verb == "all" ? null : cards, decision, form.Reason, product, cancel);
                return decided.TryGet(out var number, out faults) ? $"已处理 {number} 张。" : faults.ToList();
        }
    }

    private async Task<IResult> ListAsync(int page, string? warehouse, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var (number, total) = (Math.Max(1, page), await stocktakes.CountAsync(cancel));
        var shown = new
        {
            Stocktakes = await stocktakes.ListAsync((number - 1) * PerPage, PerPage, cancel),
            Warehouses = await warehouses.AllAsync(cancel),
            Warehouse = warehouse,
            Page = number,
            Pages = (total + PerPage - 1) / PerPage,
            Total = total,
            Errors = CardInput.Errors(refusals, texts),
        };
        return new RazorComponentResult<StocktakesPage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }

    private async Task<IResult> PageAsync(
        Guid id, StocktakePage.Input form, IReadOnlyList<string> chosen, IReadOnlyList<Refusal> refusals, HttpContext http, CancellationToken cancel)
    {
        if (await stocktakes.FindAsync(id, cancel) is not { } stocktake) return TypedResults.NotFound();
        var shown = new
        {
            Stocktake = stocktake,
            Differences = await stocktakes.DifferencesAsync(id, MostDifferences, cancel),
            Products = (await products.AllAsync(cancel)).Select(p => new Option($"{p.Id.Value}", $"{p.Name}（{p.Code}）")).ToList(),
            Form = form,
            Chosen = chosen,
            MayChange = (await may.AuthorizeAsync(http.User, Policies.Operations)).Succeeded,
            Errors = CardInput.Errors(refusals, texts),
        };
        return new RazorComponentResult<StocktakePage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
