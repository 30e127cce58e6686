using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

internal sealed class BlacklistEndpoint(Blacklist blacklist, Users users, IAuthorizationService may, Texts texts)
{
    public static void Map(RouteGroupBuilder office)
    {
        office.MapGet("/blacklist", (BlacklistEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.PageAsync(new(null, null, null, null), FormErrors.None, http, cancel));
        office.MapPost("/blacklist", ([FromForm] BlacklistForm form, BlacklistEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.AddAsync(form, http, cancel)).RequireAuthorization(Policies.Operations);
        // Where a form came back with its faults and the page is loaded anew.
        office.MapGet("/blacklist/{id:guid}/lift", (Guid id) => TypedResults.LocalRedirect("/office/blacklist"));
        office.MapPost("/blacklist/{id:guid}/lift", (Guid id, [FromForm] string? reason, BlacklistEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.LiftAsync(id, reason, http, cancel)).RequireAuthorization(Policies.Operations);
    }

    private async Task<IResult> AddAsync(BlacklistForm form, HttpContext http, CancellationToken cancel)
    {
        var kind = form.Kind == nameof(SecretKind.Phone) ? SecretKind.Phone : SecretKind.IdNumber;
        var added = await blacklist.AddAsync(kind, form.Value ?? "", form.Reason ?? "", form.Evidence ?? "", cancel);
        if (added.IsRefused) return await PageAsync(form, FormErrors.Of(added.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice("已列入黑名单。");
        return TypedResults.LocalRedirect("/office/blacklist");
    }

    private async Task<IResult> LiftAsync(Guid id, string? reason, HttpContext http, CancellationToken cancel)
    {
        var lifted = await blacklist.LiftAsync(id, reason ?? "", cancel);
        if (lifted.IsRefused)
        {
            var errors = FormErrors.Of(lifted.Refusals, r => texts.Of(r with { Field = null }));
            return await PageAsync(new(null, null, null, null), errors, http, cancel);
        }
        http.LeaveNotice("已移出黑名单。");
        return TypedResults.LocalRedirect("/office/blacklist");
    }

    private async Task<IResult> PageAsync(BlacklistForm form, FormErrors errors, HttpContext http, CancellationToken cancel) =>
        new RazorComponentResult<BlacklistPage>(new
        {
            Listed = await blacklist.AllAsync(cancel),
            People = await users.NamesAsync(cancel),
            form.Kind,
            form.Reason,
            form.Evidence,
            MayChange = await DistributorsEndpoint.MayChange(may, http),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };

    internal sealed record BlacklistForm(string? Kind, string? Value, string? Reason, string? Evidence)
    {
        public override string ToString() => nameof(BlacklistForm);
    }
}
