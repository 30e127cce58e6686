using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>A distributor's papers: upstreams' authorisations, and the contracts that it has accepted.</summary>
internal sealed class AuthorisationsEndpoint(
    Tree tree, Authorisations authorisations, Contracts contracts, Products products, Users users, IAuthorizationService may, Texts texts,
    TimeProvider time)
{
    public static void Map(RouteGroupBuilder distributors)
    {
        distributors.MapGet("/{code}/authorisations", (string code, AuthorisationsEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.PageAsync(code, new(null, null, null, null, null), FormErrors.None, http, cancel));
        distributors.MapPost("/{code}/authorisations", (
            string code, [FromForm] AuthorisationsPage.Input form, AuthorisationsEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.RecordAsync(code, form, http, cancel)).RequireAuthorization(Policies.Operations);
        // Where a form came back with its faults and the page is loaded anew.
        distributors.MapGet("/{code}/authorisations/{id:guid}", (string code, Guid id) =>
            TypedResults.LocalRedirect($"/office/distributors/{code}/authorisations"));
        distributors.MapPost("/{code}/authorisations/{id:guid}", (
            string code, Guid id, [FromForm] string? reason, AuthorisationsEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.RevokeAsync(code, id, reason, http, cancel)).RequireAuthorization(Policies.Operations);
    }

    private async Task<IResult> RecordAsync(string code, AuthorisationsPage.Input form, HttpContext http, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        var upstream = await products.UpstreamAsync(form.Upstream ?? "", cancel);
        List<Refusal> faults = [];
        if (upstream is null) faults.Add(new Refusal("distributors.upstream_unknown").On("upstream"));
        if (!TryRead(form.From, out var from)) faults.Add(new Refusal("distributors.date_wrong").On("from"));
        if (!TryRead(form.Last, out var last)) faults.Add(new Refusal("distributors.date_wrong").On("last"));
        var recorded = faults.Count > 0 ? faults
            : await authorisations.RecordAsync(new(distributor.Id, upstream!.Id, form.Document ?? "", form.Scope ?? "", from, last), cancel);
        if (recorded.IsRefused) return await PageAsync(code, form, FormErrors.Of(recorded.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice("授权已登记。");
        return TypedResults.LocalRedirect($"/office/distributors/{distributor.Code}/authorisations");
    }

    private async Task<IResult> RevokeAsync(string code, Guid id, string? reason, HttpContext http, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        var revoked = await authorisations.RevokeAsync(distributor.Id, id, reason ?? "", cancel);
        if (revoked.IsRefused)
        {
            var errors = FormErrors.Of(revoked.Refusals, r => texts.Of(r with { Field = null }));
            return await PageAsync(code, new(null, null, null, null, null), errors, http, cancel);
        }
        http.LeaveNotice("授权已作废。");
        return TypedResults.LocalRedirect($"/office/distributors/{distributor.Code}/authorisations");
    }

    private async Task<IResult> PageAsync(string code, AuthorisationsPage.Input form, FormErrors errors, HttpContext http, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        return new RazorComponentResult<AuthorisationsPage>(new
        {
            Distributor = distributor,
            Authorisations = await authorisations.ListAsync(distributor.Id, cancel),
            Acceptances = await contracts.AcceptedAsync(distributor.Id, cancel),
            Upstreams = await products.UpstreamsAsync(cancel),
            People = await users.NamesAsync(cancel),
            Now = time.Now,
            Form = form,
            MayChange = await DistributorsEndpoint.MayChange(may, http),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }

    private static bool TryRead(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
