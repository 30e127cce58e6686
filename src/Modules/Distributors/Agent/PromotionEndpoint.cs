using HaoSuan.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>What a distributor promotes with: first the promotion rules, then texts and posters, each with his own link.</summary>
internal sealed class PromotionEndpoint(Tree tree, Materials materials, PromotionRules rules, TextToAcceptEndpoint toAccept)
{
    public static void Map(RouteGroupBuilder agent)
    {
        agent.MapGet("/materials", (PromotionEndpoint page, HttpContext http, CancellationToken cancel) => page.ListAsync(http, cancel));
        agent.MapGet("/materials/{code}", (string code, string? link, PromotionEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.ShowAsync(code, link, http, cancel));
        agent.MapGet("/posters/{code}/{link}.png", async (string code, string link, PosterDesk posters, HttpContext http, CancellationToken cancel) =>
            await posters.OfAsync(http.User.DistributorId, code, link, http.Request, cancel) is { } poster
                ? PosterFile.Of(poster, http)
                : TypedResults.NotFound());
    }

    private async Task<IResult> ListAsync(HttpContext http, CancellationToken cancel)
    {
        var own = http.User.DistributorId;
        if (!await rules.AreAcceptedAsync(own, cancel)) return await toAccept.PageAsync(TextPage.Rules, FormErrors.None, http, cancel);
        var usable = await materials.UsableAsync(cancel);
        return new RazorComponentResult<AgentMaterialsPage>(new
        {
            Offers = (await tree.OffersAsync(own, cancel))
                .Select(p => new AgentMaterialsPage.Line(p, usable.Count(m => m.Product == p.Id))).ToList(),
            General = usable.Where(m => m.Product is null).ToList(),
            Link = await tree.InvitationsAsync(own, cancel) is [var link, ..] ? ShopLink.Of(http.Request, link) : null,
        });
    }

    private async Task<IResult> ShowAsync(string code, string? link, HttpContext http, CancellationToken cancel)
    {
        var own = http.User.DistributorId;
        if (!await rules.AreAcceptedAsync(own, cancel)) return TypedResults.LocalRedirect(TextPage.Rules.Agent);
        var links = await tree.InvitationsAsync(own, cancel);
        if (links.Count == 0) return TypedResults.LocalRedirect("/agent/invitation");
        if ((await tree.OffersAsync(own, cancel)).FirstOrDefault(p => p.Code == code) is not { } product) return TypedResults.NotFound();
        var chosen = links.FirstOrDefault(l => l == link) ?? links[0];
        return new RazorComponentResult<AgentMaterialPage>(new
        {
            Product = product,
            Links = links,
            Chosen = chosen,
            Address = ShopLink.Of(http.Request, chosen, product.Code),
            Materials = (await materials.UsableAsync(cancel)).Where(m => m.Product == product.Id).ToList(),
            HasPoster = PosterPng.IsPossible,
        });
    }
}
