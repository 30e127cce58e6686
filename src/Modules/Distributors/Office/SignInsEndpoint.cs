using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

internal static class SignInsEndpoint
{
    public static void Map(RouteGroupBuilder distributors)
    {
        distributors.MapGet("/{code}/sign-ins", Show);
        distributors.MapPost("/{code}/sign-ins", Create).RequireAuthorization(Policies.Operations);
    }

    private static async Task<IResult> Show(
        string code, Tree tree, Users users, IAuthorizationService may, HttpContext http, CancellationToken cancel) =>
        await tree.FindByCodeAsync(code, cancel) is { } distributor
            ? await Page(distributor, users, may, http, null, FormErrors.None, cancel)
            : TypedResults.NotFound();

    private static async Task<IResult> Create(
        string code, [FromForm] SignInForm form, Tree tree, Users users, IAuthorizationService may, Texts texts, HttpContext http,
        CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        var created = await users.CreateAsync(form.Name ?? "", form.Password ?? "", Role.Distributor, distributor.Id, cancel);
        if (created.IsRefused)
            return await Page(distributor, users, may, http, form.Name, FormErrors.Of(created.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("已创建登录。");
        return TypedResults.LocalRedirect($"/office/distributors/{distributor.Code}/sign-ins");
    }

    private static async Task<IResult> Page(
        Distributor distributor, Users users, IAuthorizationService may, HttpContext http, string? name, FormErrors errors,
        CancellationToken cancel) =>
        new RazorComponentResult<SignInsPage>(new
        {
            Distributor = distributor,
            Users = await users.OfDistributorAsync(distributor.Id, cancel),
            Name = name,
            MayChange = await DistributorsEndpoint.MayChange(may, http),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };

    internal sealed record SignInForm(string? Name, string? Password);
}
