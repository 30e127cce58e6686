using HaoSuan.Catalog;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>What somebody who was invited sees, on a phone: the terms, the contract, a form, and afterwards how the application stands.</summary>
internal sealed class JoinEndpoint(
    Joinings joinings, Contracts contracts, Apply apply, Tree tree, OfferLines offer, Tenants tenants, TenantScope tenant, Texts texts, TimeProvider time)
{
    /// <summary>Under <c>/join/{invite}</c>; the invitation has told the tenant.</summary>
    public static void Map(RouteGroupBuilder join)
    {
        join.MapGet("", (string invite, JoinEndpoint page, CancellationToken cancel) => page.PageAsync(invite, new(), [], cancel));
        join.MapPost("", (string invite, [FromForm] JoinForm form, JoinEndpoint page, CancellationToken cancel) => page.PostAsync(invite, form, cancel))
            .RequireRateLimiting(RateLimits.SignIn);
    }

    private async Task<IResult> PostAsync(string invite, JoinForm form, CancellationToken cancel)
    {
        var done = await apply.RunAsync(invite, form, cancel);
        return done.IsRefused ? await PageAsync(invite, form, done.Refusals, cancel) : TypedResults.LocalRedirect($"/join/{invite}");
    }

    private async Task<IResult> PageAsync(string invite, JoinForm form, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await joinings.FindAsync(invite, cancel) is not { } joining) return TypedResults.NotFound();
        var shop = (await tenants.FindAsync(tenant.Id, cancel))!;
        // Who has applied, and whoever finds the address later, is told how it stands and nothing of the person.
        if (!joining.IsOpenAt(time.Now))
            return new RazorComponentResult<JoinStatePage>(new { Shop = shop.Name, shop.Slug, joining.State, joining.Reason });
        var parent = joining.Parent is { } id ? await tree.FindAsync(id, cancel) : null;
        return new RazorComponentResult<JoinPage>(new
        {
            Shop = shop.Name,
            Joining = joining,
            Parent = parent?.Name,
            Offer = await offer.OfAsync(joining.Rates, cancel),
            Contract = (await contracts.PresentAsync(cancel))!,        // there was one before anybody was invited
            Form = form,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}

/// <summary>Offered rates with the names of products and stages.</summary>
internal sealed class OfferLines(Products products, Schemes schemes)
{
    public async Task<IReadOnlyList<OfferLine>> OfAsync(IReadOnlyList<OfferedRate> rates, CancellationToken cancel)
    {
        List<OfferLine> lines = [];
        foreach (var ofProduct in rates.GroupBy(r => r.Product))
        {
            var name = (await products.FindAsync(ofProduct.Key, cancel))?.Name ?? "";
            var stages = (await schemes.VersionsAsync(ofProduct.Key, cancel)).SelectMany(v => v.Scheme.Stages).ToLookup(s => s.Key, s => s.Name);
            lines.AddRange(ofProduct.Select(r => new OfferLine(name, stages[r.Stage].FirstOrDefault() ?? r.Stage, RateText.Of(r.Rate))));
        }
        return lines;
    }
}
