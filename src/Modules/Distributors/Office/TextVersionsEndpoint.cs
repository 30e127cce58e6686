using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>The versions of each text that distributors accept.</summary>
internal sealed class TextVersionsEndpoint(IServiceProvider services, Users users, IAuthorizationService may, Texts texts)
{
    public static void Map(RouteGroupBuilder office)
    {
        foreach (var of in TextPage.All)
        {
            var versions = office.MapGroup(of.Office["/office".Length..]);
            versions.MapGet("", (TextVersionsEndpoint page, HttpContext http, CancellationToken cancel) =>
                page.ListAsync(of, null, FormErrors.None, http, cancel));
            versions.MapPost("", ([FromForm] string? text, TextVersionsEndpoint page, HttpContext http, CancellationToken cancel) =>
                page.PublishAsync(of, text, http, cancel)).RequireAuthorization(Policies.Admin);
            versions.MapGet("/{version:int}", (int version, TextVersionsEndpoint page, CancellationToken cancel) => page.ShowAsync(of, version, cancel));
        }
    }

    private async Task<IResult> PublishAsync(TextPage of, string? text, HttpContext http, CancellationToken cancel)
    {
        var published = await of.Of(services).PublishAsync(text ?? "", cancel);
        if (published.IsRefused) return await ListAsync(of, text, FormErrors.Of(published.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice($"第 {published.Value} 版已发布，{of.Published}");
        return TypedResults.LocalRedirect(of.Office);
    }

    private async Task<IResult> ListAsync(TextPage of, string? text, FormErrors errors, HttpContext http, CancellationToken cancel)
    {
        var all = await of.Of(services).AllAsync(cancel);
        return new RazorComponentResult<TextVersionsPage>(new
        {
            Of = of,
            Versions = all,
            People = await users.NamesAsync(cancel),
            Text = text ?? (all is [var present, ..] ? present.Text : ""),
            MayPublish = (await may.AuthorizeAsync(http.User, Policies.Admin)).Succeeded,
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }

    private async Task<IResult> ShowAsync(TextPage of, int version, CancellationToken cancel) =>
        await of.Of(services).FindAsync(version, cancel) is { } found
            ? new RazorComponentResult<TextVersionPage>(new { Version = found, of.Name })
            : TypedResults.NotFound();
}
