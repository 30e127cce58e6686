using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

internal static class DistributorsEndpoint
{
    public static void Map(RouteGroupBuilder distributors)
    {
        distributors.MapGet("", List);
        distributors.MapGet("/new", (Tree tree, LevelLimit levels, CancellationToken cancel) =>
                NewPage(tree, levels, new(null, null, null), FormErrors.None, cancel))
            .RequireAuthorization(Policies.Operations);
        distributors.MapPost("/new", Add).RequireAuthorization(Policies.Operations);
        distributors.MapGet("/{code}", Show);
        distributors.MapPost("/{code}/active", SetActive).RequireAuthorization(Policies.Operations);
    }

    internal static async Task<bool> MayChange(IAuthorizationService may, HttpContext http) =>
        (await may.AuthorizeAsync(http.User, Policies.Operations)).Succeeded;

    private static async Task<IResult> List(Tree tree, IAuthorizationService may, HttpContext http, CancellationToken cancel)
    {
        return new RazorComponentResult<DistributorsPage>(new { Tree = Branches.Of(await tree.AllAsync(cancel)), MayChange = await MayChange(may, http) });
    }

    private static async Task<IResult> Show(string code, Tree tree, IAuthorizationService may, HttpContext http, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        return new RazorComponentResult<DistributorPage>(new
        {
            Distributor = distributor,
            Parent = distributor.ParentId is { } parent ? await tree.FindAsync(parent, cancel) : null,
            Children = await tree.ChildrenAsync(distributor.Id, cancel),
            MayChange = await MayChange(may, http),
        });
    }

    private static async Task<IResult> Add(
        [FromForm] DistributorForm form, AddDistributor add, Tree tree, LevelLimit levels, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var parent = string.IsNullOrEmpty(form.Parent) ? null : await tree.FindByCodeAsync(form.Parent, cancel);
        var asked = new NewDistributor(form.Code?.Trim() ?? "", form.Name?.Trim() ?? "", parent?.Id);
        var added = parent is null && !string.IsNullOrEmpty(form.Parent)
            ? new Refusal("distributors.parent_unknown").On("parent")
            : await add.RunAsync(asked, cancel);
        if (added.IsRefused) return await NewPage(tree, levels, form, FormErrors.Of(added.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("已新增分销商，请设置费率。");
        return TypedResults.LocalRedirect($"/office/distributors/{asked.Code}/rates");
    }

    private static async Task<IResult> SetActive(
        string code, [FromForm] bool active, Activate activate, Tree tree, HttpContext http, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        await activate.RunAsync(distributor.Id, active, cancel);
        http.LeaveNotice(active ? "已恢复。" : "已停用。");
        return TypedResults.LocalRedirect($"/office/distributors/{distributor.Code}");
    }

    private static async Task<IResult> NewPage(
        Tree tree, LevelLimit levels, DistributorForm form, FormErrors errors, CancellationToken cancel)
    {
        var most = await levels.PresentAsync(cancel);
        return new RazorComponentResult<NewDistributorPage>(new
        {
            Most = most,
            Parents = Branches.Of(await tree.AllAsync(cancel)).Where(b => b.Level < most && b.Distributor.Active).ToList(),
            form.Code,
            form.Name,
            form.Parent,
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }

    internal sealed record DistributorForm(string? Code, string? Name, string? Parent);
}
