using HaoSuan.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Distributors;

internal sealed class ParentEndpoint(
    Tree tree, MoveDistributor move, Users users, IAuthorizationService may, Texts texts, TenantScope tenant, TimeProvider time)
{
    public static void Map(RouteGroupBuilder distributors)
    {
        distributors.MapGet("/{code}/parent", (string code, ParentEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.ShowAsync(code, http, cancel));
        distributors.MapPost("/{code}/parent", (string code, [FromForm] ParentForm form, ParentEndpoint page, HttpContext http, CancellationToken cancel) =>
            page.MoveAsync(code, form, http, cancel)).RequireAuthorization(Policies.Operations);
    }

    private async Task<IResult> ShowAsync(string code, HttpContext http, CancellationToken cancel) =>
        await tree.FindByCodeAsync(code, cancel) is { } distributor
            ? await PageAsync(distributor, new(null, null, null), FormErrors.None, http, cancel)
            : TypedResults.NotFound();

    private async Task<IResult> MoveAsync(string code, ParentForm form, HttpContext http, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return TypedResults.NotFound();
        var asked = await ReadAsync(distributor, form, cancel);
        var done = asked.IsRefused ? asked.Refusals.ToList() : await move.RunAsync(asked.Value, cancel);
        if (done.IsRefused) return await PageAsync(distributor, form, FormErrors.Of(done.Refusals, r => texts.Of(r)), http, cancel);
        http.LeaveNotice("已转移上级，之前的订单仍按原来的推广链结算。");
        return TypedResults.LocalRedirect($"/office/distributors/{distributor.Code}/parent");
    }

    private async Task<Result<NewParent>> ReadAsync(Distributor distributor, ParentForm form, CancellationToken cancel)
    {
        List<Refusal> faults = [];
        var parent = string.IsNullOrEmpty(form.Parent) ? null : await tree.FindByCodeAsync(form.Parent, cancel);
        if (parent is null && !string.IsNullOrEmpty(form.Parent)) faults.Add(new Refusal("distributors.parent_unknown").On("parent"));
        if (!RateText.TryReadDate(form.From, tenant.Zone, time.Now, out var from)) faults.Add(new Refusal("distributors.date_wrong").On("from"));
        return faults.Count > 0 ? faults : new NewParent(distributor.Id, parent?.Id, form.Reason ?? "", from);
    }

    private async Task<IResult> PageAsync(Distributor distributor, ParentForm form, FormErrors errors, HttpContext http, CancellationToken cancel)
    {
        var all = await tree.AllAsync(cancel);
        var branches = Branches.Of(all);
        var own = branches.Under(distributor.Id).Select(b => b.Distributor.Id).ToHashSet();
        return new RazorComponentResult<ParentPage>(new
        {
            Distributor = distributor,
            Parents = branches.Where(b => b.Distributor.Active && b.Level < Levels.Most && !own.Contains(b.Distributor.Id)).ToList(),
            Moves = await tree.MovesAsync(distributor.Id, cancel),
            Names = all.ToDictionary(d => d.Id, d => d.Name),
            People = await users.NamesAsync(cancel),
            Now = time.Now,
            form.Parent,
            form.From,
            form.Reason,
            MayChange = await DistributorsEndpoint.MayChange(may, http),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }

    internal sealed record ParentForm(string? Parent, string? From, string? Reason);
}
