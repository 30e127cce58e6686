using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Catalog;

internal static class BonusesEndpoint
{
    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/bonuses");
        group.MapGet("", Show);
        group.MapPost("", Publish).RequireAuthorization(Policies.Operations);
        group.MapPost("/{key}/end", End).RequireAuthorization(Policies.Operations);
    }

    private static Task<IResult> Show(
        Schemes schemes, IAuthorizationService may, TenantScope tenant, TimeProvider time, HttpContext http, CancellationToken cancel) =>
        Page(schemes, may, http, "", $"{Month.Of(tenant.Zone.DateOf(time.Now))}", FormErrors.None, cancel);

    private static async Task<IResult> Publish(
        [FromForm] string? json, [FromForm] string? first, PublishBonus publish, Schemes schemes, IAuthorizationService may, Texts texts,
        HttpContext http, CancellationToken cancel)
    {
        var published = Month.TryParse(first ?? "", out var month)
            ? await publish.RunAsync(json ?? "", month, cancel)
            : new Refusal("catalog.date_wrong").On("first");
        if (published.IsRefused)
            return await Page(schemes, may, http, json, first, FormErrors.Of(published.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("已发布奖励。");
        return TypedResults.LocalRedirect("/office/bonuses");
    }

    private static async Task<IResult> End(
        string key, PublishBonus publish, TenantScope tenant, TimeProvider time, HttpContext http, CancellationToken cancel)
    {
        if ((await publish.EndAsync(key, Month.Of(tenant.Zone.DateOf(time.Now)), cancel)).IsRefused) return TypedResults.NotFound();
        http.LeaveNotice("奖励将在本月后结束。");
        return TypedResults.LocalRedirect("/office/bonuses");
    }

    private static async Task<IResult> Page(
        Schemes schemes, IAuthorizationService may, HttpContext http, string? json, string? first, FormErrors errors, CancellationToken cancel) =>
        new RazorComponentResult<BonusesPage>(new
        {
            Bonuses = await schemes.BonusesAsync(cancel),
            Json = json,
            First = first,
            MayChange = await ProductsEndpoint.MayChange(may, http),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
}
