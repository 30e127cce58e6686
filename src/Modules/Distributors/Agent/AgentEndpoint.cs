using HaoSuan.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

internal static class AgentEndpoint
{
    private const int MostInvitations = 5;

    public static void Map(RouteGroupBuilder agent)
    {
        agent.MapGet("/products", Products);
        agent.MapGet("/invitation", Invitation);
        agent.MapPost("/invitation", Invite);
        agent.MapGet("/team", Team);
        agent.MapGet("/team/{code}", Member);
    }

    private static async Task<IResult> Products(HttpContext http, Tree tree, RateCard card, CancellationToken cancel)
    {
        if (await tree.FindAsync(http.User.DistributorId, cancel) is not { } own) return TypedResults.NotFound();
        string? code = await tree.InvitationsAsync(own.Id, cancel) is [.., var first] ? first : null;
        return new RazorComponentResult<ProductsPage>(new
        {
            Lines = await card.OfAsync(own, cancel),
            Link = code is null ? null : ShopLink.Of(http.Request, code),
        });
    }

    private static async Task<IResult> Invitation(HttpContext http, Tree tree, CancellationToken cancel) =>
        new RazorComponentResult<InvitationPage>(new
        {
            Links = (await tree.InvitationsAsync(http.User.DistributorId, cancel)).Select(i => ShopLink.Of(http.Request, i)).ToList(),
            Most = MostInvitations,
        });

    private static async Task<IResult> Invite(HttpContext http, Tree tree, CreateInvitation create, CancellationToken cancel)
    {
        var own = http.User.DistributorId;
        if ((await tree.InvitationsAsync(own, cancel)).Count >= MostInvitations) return TypedResults.Conflict();
        if ((await create.RunAsync(own, cancel)).IsRefused) return TypedResults.Conflict();
        http.LeaveNotice("已生成推广链接。");
        return TypedResults.LocalRedirect("/agent/invitation");
    }

    private static async Task<IResult> Team(HttpContext http, Tree tree, CancellationToken cancel)
    {
        if (await tree.FindAsync(http.User.DistributorId, cancel) is not { } own) return TypedResults.NotFound();
        return new RazorComponentResult<TeamPage>(new
        {
            Members = await tree.ChildrenAsync(own.Id, cancel),
            MayHaveMembers = own.ParentId is null,
        });
    }

    /// <summary>Only a distributor's own children are there for it.</summary>
    private static async Task<IResult> Member(string code, HttpContext http, Tree tree, RateCard card, CancellationToken cancel) =>
        await tree.FindByCodeAsync(code, cancel) is { } member && member.ParentId == http.User.DistributorId
            ? new RazorComponentResult<MemberPage>(new { Member = member, Lines = await card.OfAsync(member, cancel) })
            : TypedResults.NotFound();
}
