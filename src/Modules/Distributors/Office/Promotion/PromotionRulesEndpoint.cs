using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>The versions of the promotion rules.</summary>
internal sealed class PromotionRulesEndpoint(PromotionRules rules, Users users, IAuthorizationService may, Texts texts)
{
    public static void Map(RouteGroupBuilder office)
    {
        office.MapGet("/promotion-rules", (PromotionRulesEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.ListAsync(null, FormErrors.None, http, cancel));
        office.MapPost("/promotion-rules", ([FromForm] string? text, PromotionRulesEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.PublishAsync(text, http, cancel)).RequireAuthorization(Policies.Admin);
        office.MapGet("/promotion-rules/{version:int}", async (int version, PromotionRules rules, CancellationToken cancel) =>
            await rules.FindAsync(version, cancel) is { } found
                ? (IResult)new RazorComponentResult<TextVersionPage>(new { Version = found, Name = "推广规范" })
                : TypedResults.NotFound());
    }

    private async Task<IResult> PublishAsync(string? text, HttpContext http, CancellationToken cancel)
    {
        var published = await rules.PublishAsync(text ?? "", cancel);
        if (published.IsRefused) return await ListAsync(text, FormErrors.Of(published.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice($"第 {published.Value} 版已发布，分销商同意后才能使用素材。");
        return TypedResults.LocalRedirect("/office/promotion-rules");
    }

    private async Task<IResult> ListAsync(string? text, FormErrors errors, HttpContext http, CancellationToken cancel)
    {
        var all = await rules.AllAsync(cancel);
        return new RazorComponentResult<PromotionRulesPage>(new
        {
            Versions = all,
            People = (await users.AllAsync(cancel)).ToDictionary(u => u.Actor, u => u.Name),
            Text = text ?? (all is [var present, ..] ? present.Text : ""),
            MayPublish = (await may.AuthorizeAsync(http.User, Policies.Admin)).Succeeded,
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }
}
