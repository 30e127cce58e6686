using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

internal sealed class ContractsEndpoint(Contracts contracts, Users users, IAuthorizationService may, Texts texts)
{
    public static void Map(RouteGroupBuilder office)
    {
        office.MapGet("/contracts", (ContractsEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.ListAsync(null, FormErrors.None, http, cancel));
        office.MapPost("/contracts", ([FromForm] string? text, ContractsEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.PublishAsync(text, http, cancel)).RequireAuthorization(Policies.Admin);
        office.MapGet("/contracts/{version:int}", async (int version, Contracts contracts, CancellationToken cancel) =>
            await contracts.FindAsync(version, cancel) is { } contract
                ? (IResult)new RazorComponentResult<TextVersionPage>(new { Version = contract, Name = "合同" })
                : TypedResults.NotFound());
    }

    private async Task<IResult> PublishAsync(string? text, HttpContext http, CancellationToken cancel)
    {
        var published = await contracts.PublishAsync(text ?? "", cancel);
        if (published.IsRefused) return await ListAsync(text, FormErrors.Of(published.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice($"第 {published.Value} 版已发布，之后入驻的人同意这一版。");
        return TypedResults.LocalRedirect("/office/contracts");
    }

    private async Task<IResult> ListAsync(string? text, FormErrors errors, HttpContext http, CancellationToken cancel)
    {
        var all = await contracts.AllAsync(cancel);
        return new RazorComponentResult<ContractsPage>(new
        {
            Contracts = all,
            People = (await users.AllAsync(cancel)).ToDictionary(u => u.Actor, u => u.Name),
            Text = text ?? (all is [var present, ..] ? present.Text : ""),
            MayPublish = (await may.AuthorizeAsync(http.User, Policies.Admin)).Succeeded,
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }
}
