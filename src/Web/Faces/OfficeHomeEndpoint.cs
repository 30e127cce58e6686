using HaoSuan.Catalog;
using HaoSuan.Distributors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Web;

internal static class OfficeHomeEndpoint
{
    public static async Task<IResult> Show(HttpContext http, Products products, Schemes schemes, Tree tree, TimeProvider time, CancellationToken cancel)
    {
        var onSale = await products.OnSaleAsync(cancel);
        var inForce = 0;
        foreach (var product in onSale)
            if (await schemes.InForceAsync(product.Id, time.Now, cancel) is not null) inForce++;
        var start = new OfficeHome.Beginning(
            (await products.UpstreamsAsync(cancel)).Count, onSale.Count, inForce, (await tree.AllAsync(cancel)).Count(d => d.Active));
        return new RazorComponentResult<OfficeHome>(new
        {
            Start = start,
            Waiting = await HomeFigure.OfAsync(Face.Office, http.RequestServices, http.User, cancel),
        });
    }
}
