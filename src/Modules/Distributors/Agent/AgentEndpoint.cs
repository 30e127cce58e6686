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

    private static async Task<IResult> Products(HttpContext http, Tree tree, RateCard card, Authorisations authorisations, CancellationToken cancel)
    {
        if (await tree.FindAsync(http.User.DistributorId, cancel) is not { } own) return TypedResults.NotFound();
        string? code = await tree.InvitationsAsync(own.Id, cancel) is [.., var first] ? first : null;
        return new RazorComponentResult<ProductsPage>(new
        {
            Lines = await card.OfAsync(own, cancel),
            Link = code is null ? null : ShopLink.Of(http.Request, code),
            Ending = await authorisations.EndingAsync(own.Id, cancel),
        });
    }

    private static async Task<IResult> Invitation(HttpContext http, Tree tree, TimeProvider time, CancellationToken cancel) =>
        new RazorComponentResult<InvitationPage>(new
        {
            Links = (await tree.InvitationsAsync(http.User.DistributorId, cancel)).Select(i => ShopLink.Of(http.Request, i)).ToList(),
            Most = MostInvitations,
            Freeze = (await tree.FreezesAsync(http.User.DistributorId, cancel)).FirstOrDefault(f => f.HoldsAt(time.Now)),
        });

    private static async Task<IResult> Invite(HttpContext http, Tree tree, CreateInvitation create, CancellationToken cancel)
    {
        var own = http.User.DistributorId;
        if ((await tree.InvitationsAsync(own, cancel)).Count >= MostInvitations) return TypedResults.Conflict();
        if ((await create.RunAsync(own, cancel)).IsRefused) return TypedResults.Conflict();
        http.LeaveNotice("已生成推广链接。");
        return TypedResults.LocalRedirect("/agent/invitation");
    }

    private static async Task<IResult> Team(HttpContext http, Tree tree, LevelLimit levels, CancellationToken cancel)
    {
        var branch = Branches.Of(await tree.AllAsync(cancel)).Under(http.User.DistributorId);
        if (branch.Count == 0) return TypedResults.NotFound();
        return new RazorComponentResult<TeamPage>(new
        {
            Members = branch.Skip(1).Select(b => b with { Level = b.Level - branch[0].Level }).ToList(),
            MayHaveMembers = branch[0].Level < await levels.PresentAsync(cancel),
        });
    }

    /// <summary>Only those below are there for a distributor; what those further down earn is between them and their parents.</summary>
    private static async Task<IResult> Member(string code, HttpContext http, Tree tree, RateCard card, CancellationToken cancel)
    {
        var below = Branches.Of(await tree.AllAsync(cancel)).Under(http.User.DistributorId).Skip(1);
        if (below.FirstOrDefault(b => b.Distributor.Code == code)?.Distributor is not { } member) return TypedResults.NotFound();
        return new RazorComponentResult<MemberPage>(new
        {
            Member = member,
            Lines = member.ParentId == http.User.DistributorId ? await card.OfAsync(member, cancel) : null,
        });
    }
}
