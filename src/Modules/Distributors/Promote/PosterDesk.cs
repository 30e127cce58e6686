using HaoSuan.Catalog;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Distributors;

/// <summary>Makes posters (推广海报) of what a distributor sells, each with one of his links. Before he has accepted the promotion rules there is none.</summary>
internal sealed class PosterDesk(Tree tree, Materials materials, PromotionRules rules, TenantScope tenant, Tenants tenants)
{
    /// <summary>Null where it is none of his links, or nothing that can be ordered by it.</summary>
    public async Task<Poster?> OfAsync(DistributorId seller, string product, string link, HttpRequest request, CancellationToken cancel)
    {
        if (!await rules.AreAcceptedAsync(seller, cancel) || !(await tree.InvitationsAsync(seller, cancel)).Contains(link)) return null;
        if ((await tree.OffersAsync(seller, cancel)).FirstOrDefault(p => p.Code == product) is not { } offer) return null;
        var own = (await tree.FindAsync(seller, cancel))!;       // an invitation has its distributor
        var address = ShopLink.Of(request, link, offer.Code);
        return new(
            (await tenants.FindAsync(tenant.Id, cancel))!.Name, offer.Name, offer.Summary, PriceOf(offer),     // the scope's own tenant is there
            offer.PicksNumber ? "号码费按所选号码另计" : "", MaterialRules.PointsFor(offer.Id, await materials.UsableAsync(cancel)), own.Name, own.Code,
            address, ShopLink.Modules(address));
    }

    public static string PriceOf(Product product) => product.Price.IsZero ? "免费领" : YuanText.Of(product.Price);
}
