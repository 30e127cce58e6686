using System.Globalization;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>Invitations to join and applications, as the office has them.</summary>
internal sealed class JoiningEndpoint(
    Joinings joinings, Invite invite, DecideJoining decide, Tree tree, OfferLines offer, LevelLimit levels, Users users, IAuthorizationService may, Texts texts,
    TimeProvider time, TencentIdCheck? check = null)
{
    public static void Map(RouteGroupBuilder office)
    {
        var joining = office.MapGroup("/joining");
        joining.MapGet("", (JoiningEndpoint page, HttpContext http, CancellationToken cancel) => page.ListAsync(http, cancel));
        joining.MapGet("/new", (JoiningEndpoint page, CancellationToken cancel) => page.NewAsync(new(null, null, null), FormErrors.None, cancel))
            .RequireAuthorization(Policies.Operations);
        joining.MapPost("/new", ([FromForm] InviteForm form, JoiningEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.InviteAsync(form, http, cancel)).RequireAuthorization(Policies.Operations);
        joining.MapGet("/{code}", (string code, JoiningEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.ShowAsync(code, new(), FormErrors.None, http, cancel));
        joining.MapPost("/{code}", (
            string code, [FromForm] DecisionForm form, [FromForm(Name = "do")] string? verb, JoiningEndpoint page, HttpContext http,
            CancellationToken cancel) =>
            page.DecideAsync(code, form, verb, http, cancel)).RequireAuthorization(Policies.Operations);
    }

    /// <summary>What a form asks for: a whole percentage, and a number of days.</summary>
    internal static Result<(Bps Share, int Days)> Read(string? share, string? days)
    {
        List<Refusal> faults = [];
        if (!int.TryParse(share?.Trim().TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) || percent > 100)
            faults.Add(new Refusal("distributors.share_wrong").On("share"));
        if (!int.TryParse(days?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            faults.Add(new Refusal("distributors.days_wrong", Invite.MostDays).On("days"));
        return faults.Count > 0 ? faults : (new Bps(percent * 100), count);
    }

    internal static string Address(HttpRequest request, string code) => $"{request.Scheme}://{request.Host}/join/{code}";

    private async Task<IResult> ListAsync(HttpContext http, CancellationToken cancel) => new RazorComponentResult<JoiningsPage>(new
    {
        Joinings = await joinings.ListAsync(cancel: cancel),
        Names = (await tree.AllAsync(cancel)).ToDictionary(d => d.Id, d => d.Name),
        Now = time.Now,
        MayChange = await DistributorsEndpoint.MayChange(may, http),
    });

    private async Task<IResult> NewAsync(InviteForm form, FormErrors errors, CancellationToken cancel)
    {
        var most = await levels.PresentAsync(cancel);
        return new RazorComponentResult<NewJoiningPage>(new
        {
            Parents = Branches.Of(await tree.AllAsync(cancel)).Where(b => b.Level < most && b.Distributor.Active).ToList(),
            form.Parent,
            form.Share,
            form.Days,
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }

    private async Task<IResult> InviteAsync(InviteForm form, HttpContext http, CancellationToken cancel)
    {
        var parent = string.IsNullOrEmpty(form.Parent) ? null : await tree.FindByCodeAsync(form.Parent, cancel);
        var made = !Read(form.Share, form.Days).TryGet(out var read, out var faults) ? faults.ToList()
            : parent is null && !string.IsNullOrEmpty(form.Parent) ? new Refusal("distributors.parent_unknown").On("parent")
            : await invite.RunAsync(parent?.Id, read.Share, read.Days, cancel);
        if (made.IsRefused) return await NewAsync(form, FormErrors.Of(made.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("已生成邀请，把链接或二维码发给他。");
        return TypedResults.LocalRedirect($"/office/joining/{made.Value}");
    }

    private async Task<IResult> DecideAsync(string code, DecisionForm form, string? verb, HttpContext http, CancellationToken cancel)
    {
        IReadOnlyList<Refusal> refusals;
        switch (verb)
        {
            case "approve":
                refusals = (await decide.ApproveAsync(code, form.Code?.Trim() ?? "", cancel)).Refusals;
                if (refusals.Count == 0) http.LeaveNotice("已通过，他可以登录了。");
                break;
            case "refuse":
                refusals = (await decide.RefuseAsync(code, form.Reason ?? "", cancel)).Refusals;
                if (refusals.Count == 0) http.LeaveNotice("已拒绝，对方会看到原因。");
                break;
            default:
                refusals = (await invite.RevokeAsync(code, null, cancel)).Refusals;
                if (refusals.Count == 0) http.LeaveNotice("邀请已撤回。");
                break;
        }
        return refusals.Count > 0
            ? await ShowAsync(code, form, FormErrors.Of(refusals, r => texts.Of(r)), http, cancel)
            : TypedResults.LocalRedirect($"/office/joining/{code}");
    }

    private async Task<IResult> ShowAsync(string code, DecisionForm form, FormErrors errors, HttpContext http, CancellationToken cancel)
    {
        if (await joinings.FindAsync(code, cancel) is not { } joining) return TypedResults.NotFound();
        return new RazorComponentResult<JoiningPage>(new
        {
            Joining = joining,
            Parent = joining.Parent is { } parent ? await tree.FindAsync(parent, cancel) : null,
            Distributor = joining.Distributor is { } made ? await tree.FindAsync(made, cancel) : null,
            Offer = await offer.OfAsync(joining.Rates, cancel),
            Link = Address(http.Request, joining.Code),
            People = await users.NamesAsync(cancel),
            Now = time.Now,
            AsksService = check is not null,
            form.Code,
            form.Reason,
            MayChange = await DistributorsEndpoint.MayChange(may, http),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }

    internal sealed record InviteForm(string? Parent, string? Share, string? Days);

    /// <summary>Each of the forms posts a part of it.</summary>
    internal sealed record DecisionForm
    {
        public string? Code { get; init; }
        public string? Reason { get; init; }
    }
}
