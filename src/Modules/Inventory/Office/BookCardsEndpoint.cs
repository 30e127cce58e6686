using HaoSuan.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Inventory;

/// <summary>Cards by a sheet: <c>/office/stock/receive</c>, <c>/office/stock/assign</c> and <c>/office/transfers/new</c>.</summary>
internal sealed class BookCardsEndpoint(
    ReceiveCards receive, AssignCards assign, SendCards send, Warehouses warehouses, Products products, Texts texts)
{
    public static Task<IResult> ShowReceive(BookCardsEndpoint page, CancellationToken cancel) => page.ReceivePageAsync(new(), [], cancel);

    public static async Task<IResult> Receive(
        [FromForm] BookCardsPage.Input form, IFormFile? file, BookCardsEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var received = await page.ReceiveAsync(form, file, cancel);
        if (received.IsRefused) return await page.ReceivePageAsync(form, received.Refusals, cancel);
        http.LeaveNotice($"已入库 {received.Value.Added} 张；清单中另有 {received.Value.Known} 张之前已入库，没有重复记。");
        return TypedResults.LocalRedirect("/office/stock");
    }

    public static Task<IResult> ShowAssign(BookCardsEndpoint page, CancellationToken cancel) => page.AssignPageAsync(new(), [], cancel);

    public static async Task<IResult> Assign(
        [FromForm] BookCardsPage.Input form, IFormFile? file, BookCardsEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var assigned = await page.AssignAsync(form, file, cancel);
        if (assigned.IsRefused) return await page.AssignPageAsync(form, assigned.Refusals, cancel);
        http.LeaveNotice($"已配卡 {assigned.Value} 张。");
        return TypedResults.LocalRedirect("/office/stock");
    }

    public static Task<IResult> ShowSend(BookCardsEndpoint page, CancellationToken cancel) => page.SendPageAsync(new(), [], cancel);

    public static async Task<IResult> Send(
        [FromForm] BookCardsPage.Input form, IFormFile? file, BookCardsEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var sent = await page.SendAsync(form, file, cancel);
        if (sent.IsRefused) return await page.SendPageAsync(form, sent.Refusals, cancel);
        http.LeaveNotice("已发出，收到后请在本单登记。");
        return TypedResults.LocalRedirect($"/office/transfers/{sent.Value}");
    }

    private async Task<Result<Received>> ReceiveAsync(BookCardsPage.Input form, IFormFile? file, CancellationToken cancel)
    {
        if (!(await CardInput.ReadAsync(form.Iccids, file, cancel)).TryGet(out var cards, out var refusals)) return refusals.ToList();
        if (string.IsNullOrEmpty(form.Product)) return await receive.RunAsync(null, form.Warehouse ?? "", cards, cancel);
        if (!Guid.TryParse(form.Product, out var id) || await products.FindAsync(new(id), cancel) is not { } product)
            return new Refusal("inventory.product_unknown").On("product");
        return await receive.RunAsync(product.Id, form.Warehouse ?? "", cards, cancel);
    }

    private async Task<Result<int>> AssignAsync(BookCardsPage.Input form, IFormFile? file, CancellationToken cancel) =>
        !Guid.TryParse(form.Product, out var id) ? new Refusal("inventory.product_unknown").On("product")
        : (await CardInput.ReadAsync(form.Iccids, file, cancel)).TryGet(out var cards, out var refusals) ? await assign.RunAsync(new(id), cards, cancel)
        : refusals.ToList();

    private async Task<Result<Guid>> SendAsync(BookCardsPage.Input form, IFormFile? file, CancellationToken cancel) =>
        (await CardInput.ReadAsync(form.Iccids, file, cancel)).TryGet(out var cards, out var refusals)
            ? await send.RunAsync(form.Warehouse ?? "", form.To ?? "", form.Note, cards, cancel)
            : refusals.ToList();

    private async Task<IResult> ReceivePageAsync(BookCardsPage.Input form, IReadOnlyList<Refusal> refusals, CancellationToken cancel) => Page(
        refusals, new(StringComparer.Ordinal)
        {
            ["Title"] = "入库", ["Verb"] = "入库", ["Action"] = "/office/stock/receive", ["Form"] = form,
            ["Warehouses"] = await warehouses.AllAsync(cancel), ["Products"] = await OptionsAsync(cancel),
        });

    private async Task<IResult> AssignPageAsync(BookCardsPage.Input form, IReadOnlyList<Refusal> refusals, CancellationToken cancel) => Page(
        refusals, new(StringComparer.Ordinal)
        {
            ["Title"] = "配卡", ["Verb"] = "配给这个产品", ["Action"] = "/office/stock/assign", ["Form"] = form,
            ["Products"] = await OptionsAsync(cancel),
        });

    private async Task<IResult> SendPageAsync(BookCardsPage.Input form, IReadOnlyList<Refusal> refusals, CancellationToken cancel) => Page(
        refusals, new(StringComparer.Ordinal)
        {
            ["Title"] = "调拨发出", ["Verb"] = "发出", ["Action"] = "/office/transfers/new", ["Form"] = form,
            ["Warehouses"] = await warehouses.AllAsync(cancel), ["To"] = form.To ?? "",
        });

    private RazorComponentResult<BookCardsPage> Page(IReadOnlyList<Refusal> refusals, Dictionary<string, object?> shown)
    {
        shown["Errors"] = CardInput.Errors(refusals, texts);
        return new(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }

    private async Task<IReadOnlyList<Option>> OptionsAsync(CancellationToken cancel)
    {
        var upstreams = (await products.UpstreamsAsync(cancel)).ToDictionary(u => u.Id, u => u.Name);
        return [.. (await products.AllAsync(cancel)).Select(p => new Option($"{p.Id.Value}", $"{p.Name}（{p.Code}，{upstreams[p.UpstreamId]}）"))];
    }
}
