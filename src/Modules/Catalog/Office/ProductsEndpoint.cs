using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Catalog;

internal static class ProductsEndpoint
{
    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/products");
        group.MapGet("", List);
        group.MapGet("/new", async (Products products, CancellationToken cancel) =>
            await NewPage(products, new(), FormErrors.None, cancel)).RequireAuthorization(Policies.Operations);
        group.MapPost("/new", Add).RequireAuthorization(Policies.Operations);
        group.MapGet("/{code}", Show);
        group.MapPost("/{code}/on-sale", PutOnSale).RequireAuthorization(Policies.Operations);
    }

    private static async Task<IResult> List(
        Products products, Schemes schemes, TimeProvider time, IAuthorizationService may, HttpContext http, CancellationToken cancel)
    {
        var upstreams = (await products.UpstreamsAsync(cancel)).ToDictionary(u => u.Id, u => u.Name);
        List<ProductsPage.ProductItem> items = [];
        foreach (var product in await products.AllAsync(cancel))
            items.Add(new(product, upstreams[product.UpstreamId], (await schemes.InForceAsync(product.Id, time.Now, cancel))?.Version));
        var waiting = (await schemes.DraftsAsync(cancel: cancel)).Where(d => d.State == ProposalState.Submitted).ToList();
        return new RazorComponentResult<ProductsPage>(new { Items = items, Waiting = waiting, MayChange = await MayChange(may, http) });
    }

    private static async Task<IResult> Show(
        string code, Products products, Schemes schemes, TimeProvider time, IAuthorizationService may, HttpContext http, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        return new RazorComponentResult<ProductPage>(new
        {
            Product = product,
            Upstream = (await products.UpstreamAsync(product.UpstreamId, cancel))!.Name,    // a product has its upstream
            Versions = await schemes.HistoryAsync(product.Id, cancel),
            InForce = await schemes.InForceAsync(product.Id, time.Now, cancel),
            MayChange = await MayChange(may, http),
            MayWrite = (await may.AuthorizeAsync(http.User, Policies.Schemes)).Succeeded,
        });
    }

    private static async Task<IResult> Add(
        [FromForm] NewProductPage.Entry form, AddProduct add, Products products, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var upstream = await products.UpstreamAsync(form.Upstream ?? "", cancel);
        var asked = form.Read(upstream?.Id ?? default);
        var added = await add.RunAsync(asked, cancel);
        if (added.IsRefused) return await NewPage(products, form, FormErrors.Of(added.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("已新增产品，请核对办理条件，并新建佣金方案。");
        return TypedResults.LocalRedirect($"/office/products/{asked.Code}");
    }

    private static async Task<IResult> PutOnSale(
        string code, [FromForm] bool onSale, PutOnSale put, Products products, HttpContext http, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        await put.RunAsync(product.Id, onSale, cancel);
        http.LeaveNotice(onSale ? "已上架。" : "已下架，已下的订单不受影响。");
        return TypedResults.LocalRedirect($"/office/products/{product.Code}");
    }

    private static async Task<IResult> NewPage(Products products, NewProductPage.Entry form, FormErrors errors, CancellationToken cancel) =>
        new RazorComponentResult<NewProductPage>(new { Upstreams = await products.UpstreamsAsync(cancel), Input = form, Errors = errors })
        {
            StatusCode = errors.Any ? 422 : 200,
        };

    internal static async Task<bool> MayChange(IAuthorizationService may, HttpContext http) =>
        (await may.AuthorizeAsync(http.User, Policies.Operations)).Succeeded;
}
