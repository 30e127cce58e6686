using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

/// <summary>What the operator can show an inspector: levels and persons of each branch, who lacks which paper, and who allowed how many levels.</summary>
internal sealed class ComplianceEndpoint(
    Tree tree, LevelLimit limit, Authorisations authorisations, Contracts contracts, PromotionRules rules,
    Products products, Users users, IAuthorizationService may, Texts texts, TimeProvider time)
{
    public static void Map(RouteGroupBuilder office)
    {
        office.MapGet("/compliance", ([AsParameters] CompliancePage.Place at, ComplianceEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.PageAsync(at, new(null, null), FormErrors.None, http, cancel));
        office.MapPost("/compliance", ([FromForm] LimitForm form, ComplianceEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.AskAsync(form, http, cancel)).RequireAuthorization(Policies.Operations);
        // Where a decision came back with its fault and the page is loaded anew.
        office.MapGet("/compliance/levels/{number:int}", (int number) => TypedResults.LocalRedirect("/office/compliance"));
        office.MapPost("/compliance/levels/{number:int}", (
            int number, [FromForm(Name = "do")] string? verb, ComplianceEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.DecideAsync(number, verb == "approve", http, cancel)).RequireAuthorization(Policies.Admin);
    }

    private async Task<IResult> AskAsync(LimitForm form, HttpContext http, CancellationToken cancel)
    {
        var levels = int.TryParse(form.Levels, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
        var asked = await limit.AskAsync(levels, form.Reason ?? "", cancel);
        if (asked.IsRefused) return await PageAsync(new(null, null, null), form, FormErrors.Of(asked.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice("已提交，由另一位管理员批准后生效。");
        return TypedResults.LocalRedirect("/office/compliance");
    }

    private async Task<IResult> DecideAsync(int number, bool approve, HttpContext http, CancellationToken cancel)
    {
        var decided = await limit.DecideAsync(number, approve, cancel);
        if (decided.IsRefused) return await PageAsync(new(null, null, null), new(null, null), FormErrors.Of(decided.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice(approve ? "已批准，层级上限已改变。" : "已驳回，层级上限不变。");
        return TypedResults.LocalRedirect("/office/compliance");
    }

    private async Task<IResult> PageAsync(
        CompliancePage.Place at, LimitForm form, FormErrors errors, HttpContext http, CancellationToken cancel)
    {
        var (all, present) = (await tree.AllAsync(cancel), await limit.PresentAsync(cancel));
        var (branches, roots) = (Branches.Of(all), Threshold.Of(all));
        return new RazorComponentResult<CompliancePage>(new
        {
            Roots = roots,
            Found = roots.Where(r => branches.Under(r.Root.Id).Any(b => at.Finds(b.Distributor))).ToList(),
            Present = present,
            Steps = await limit.HistoryAsync(cancel),
            TooDeep = branches.Where(b => b.Level > present).ToList(),
            Lacks = await LacksAsync(all, time.Now, cancel),
            People = await users.NamesAsync(cancel),
            At = at,
            Asked = form.Levels,
            form.Reason,
            MayAsk = await DistributorsEndpoint.MayChange(may, http),
            MayDecide = (await may.AuthorizeAsync(http.User, Policies.Admin)).Succeeded,
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }

    private async Task<IReadOnlyList<CompliancePage.Lack>> LacksAsync(IReadOnlyList<Distributor> all, Instant now, CancellationToken cancel)
    {
        var upstreams = await products.UpstreamsAsync(cancel);
        var recorded = await authorisations.ListAsync(cancel: cancel);
        var held = recorded.Where(a => a.HoldsAt(now)).Select(a => (a.Distributor, a.Upstream)).ToHashSet();
        var begun = recorded.Where(a => a.From <= now).Select(a => (a.Distributor, a.Upstream)).ToHashSet();
        var accepted = await contracts.LatestAsync(cancel);
        var (present, read) = ((await contracts.PresentAsync(cancel))?.Version, await rules.LatestAsync(cancel));
        var presentRules = (await rules.PresentAsync(cancel))?.Version;
        return [.. from d in all
                   where d.Active
                   let without = upstreams.Where(u => !held.Contains((d.Id, u.Id)))
                       .Select(u => begun.Contains((d.Id, u.Id)) ? $"{u.Name}（已失效，停止接单）" : u.Name).ToList()
                   let version = accepted.TryGetValue(d.Id, out var v) ? v : (int?)null
                   let ofRules = read.TryGetValue(d.Id, out var r) ? r : (int?)null
                   where without.Count > 0 || version is null || version < present || (ofRules ?? 0) < presentRules
                   select new CompliancePage.Lack(d, without, version, ofRules is { } last && last == presentRules)];
    }

    internal sealed record LimitForm(string? Levels, string? Reason);
}
