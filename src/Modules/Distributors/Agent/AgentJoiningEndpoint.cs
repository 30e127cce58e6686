using HaoSuan.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>A distributor invites its own partners; who joins, the office decides.</summary>
internal sealed class AgentJoiningEndpoint(Joinings joinings, Invite invite, Texts texts, TimeProvider time)
{
    public static void Map(RouteGroupBuilder agent)
    {
        agent.MapGet("/joining", (AgentJoiningEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.PageAsync(new(null, null), FormErrors.None, http, cancel));
        agent.MapPost("/joining", ([FromForm] InviteForm form, AgentJoiningEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.InviteAsync(form, http, cancel));
        agent.MapPost("/joining/{code}/revoke", (string code, AgentJoiningEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.RevokeAsync(code, http, cancel));
    }

    private async Task<IResult> InviteAsync(InviteForm form, HttpContext http, CancellationToken cancel)
    {
        var made = JoiningEndpoint.Read(form.Share, form.Days).TryGet(out var read, out var faults)
            ? await invite.RunAsync(http.User.DistributorId, read.Share, read.Days, cancel)
            : faults.ToList();
        if (made.IsRefused) return await PageAsync(form, FormErrors.Of(made.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice("已生成邀请，把链接或二维码发给他。");
        return TypedResults.LocalRedirect("/agent/joining");
    }

    private async Task<IResult> RevokeAsync(string code, HttpContext http, CancellationToken cancel)
    {
        if ((await invite.RevokeAsync(code, http.User.DistributorId, cancel)).IsRefused) return TypedResults.NotFound();
        http.LeaveNotice("邀请已撤回。");
        return TypedResults.LocalRedirect("/agent/joining");
    }

    private async Task<IResult> PageAsync(InviteForm form, FormErrors errors, HttpContext http, CancellationToken cancel) =>
        new RazorComponentResult<AgentJoiningPage>(new
        {
            Joinings = await joinings.ListAsync(http.User.DistributorId, cancel),
            AddressOf = (Func<string, string>)(code => JoiningEndpoint.Address(http.Request, code)),
            Now = time.Now,
            form.Share,
            form.Days,
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };

    internal sealed record InviteForm(string? Share, string? Days);
}
