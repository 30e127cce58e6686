using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Catalog;

internal static class UpstreamsEndpoint
{
    public static void Map(RouteGroupBuilder office)
    {
        office.MapGet("/upstreams", async (Products products, IAuthorizationService may, HttpContext http, CancellationToken cancel) =>
            await Page(products, may, http, new(null, null, null), FormErrors.None, cancel));
        office.MapPost("/upstreams", Add).RequireAuthorization(Policies.Operations);
    }

    private static async Task<IResult> Add(
        [FromForm] UpstreamForm form, AddUpstream add, Products products, IAuthorizationService may, Texts texts, HttpContext http,
        CancellationToken cancel)
    {
        var added = await add.RunAsync(new(form.Key?.Trim() ?? "", form.Name?.Trim() ?? "", form.Wire?.Trim() ?? ""), cancel);
        if (added.IsRefused) return await Page(products, may, http, form, FormErrors.Of(added.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("已添加上游。");
        return TypedResults.LocalRedirect("/office/upstreams");
    }

    private static async Task<IResult> Page(
        Products products, IAuthorizationService may, HttpContext http, UpstreamForm form, FormErrors errors, CancellationToken cancel) =>
        new RazorComponentResult<UpstreamsPage>(new
        {
            Upstreams = await products.UpstreamsAsync(cancel),
            form.Key,
            form.Name,
            form.Wire,
            MayChange = await ProductsEndpoint.MayChange(may, http),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };

    internal sealed record UpstreamForm(string? Key, string? Name, string? Wire);
}
