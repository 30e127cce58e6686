using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

internal static class InvitationsEndpoint
{
    public static void Map(RouteGroupBuilder distributors)
    {
        distributors.MapGet("/{code}/invitations", Show);
        distributors.MapPost("/{code}/invitations", Create).RequireAuthorization(Policies.Operations);
    }

    private static async Task<IResult> Show(string code, Tree tree, IAuthorizationService may, HttpContext http, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        return new RazorComponentResult<InvitationsPage>(new
        {
            Distributor = distributor,
            Links = (await tree.InvitationsAsync(distributor.Id, cancel)).Select(i => ShopLink.Of(http.Request, i)).ToList(),
            MayChange = await DistributorsEndpoint.MayChange(may, http),
        });
    }

    private static async Task<IResult> Create(string code, CreateInvitation create, Tree tree, HttpContext http, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        if ((await create.RunAsync(distributor.Id, cancel)).IsRefused) return TypedResults.Conflict();
        http.LeaveNotice("已生成推广链接。");
        return TypedResults.LocalRedirect($"/office/distributors/{distributor.Code}/invitations");
    }
}
