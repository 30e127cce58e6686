using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Orders;

/// <summary>A distributor's orders, its own and its team's, masked: <c>/agent/orders</c>.</summary>
internal static class AgentOrdersEndpoint
{
    public static async Task<IResult> List(
        [AsParameters] OrderFilters.Asked query, HttpContext http, OrderList orders, OrderNames names, CancellationToken cancel)
    {
        var (own, filter) = (http.User.DistributorId, query.ToFilter());
        return new RazorComponentResult<AgentOrdersPage>(new
        {
            Orders = await orders.OfTeamAsync(own, filter, query.Skip, OrderFilters.Asked.PerPage, cancel),
            Total = await orders.CountOfTeamAsync(own, filter, cancel),
            Products = await names.ProductsAsync(cancel),
            Sellers = await names.TeamAsync(own, cancel),
            Query = query,
        });
    }

    public static async Task<IResult> Show(
        Guid id, HttpContext http, OrderList orders, Origins origins, OrderNames names, CancellationToken cancel)
    {
        var own = http.User.DistributorId;
        if (await orders.FindAsync(new(id), own, cancel) is not { } order) return TypedResults.NotFound();
        return new RazorComponentResult<AgentOrderPage>(new
        {
            Detail = order,
            Origins = await origins.OfAsync(new(id), Face.Agent, cancel),
            Product = (await names.ProductsAsync(cancel)).GetValueOrDefault(order.Order.ProductId, ""),
            Seller = (await names.TeamAsync(own, cancel)).GetValueOrDefault(order.Order.Seller, "团队成员"),
        });
    }
}
