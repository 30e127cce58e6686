using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Catalog;

internal static class BonusesEndpoint
{
    public static void Map(RouteGroupBuilder office)
    {
        var group = office.MapGroup("/bonuses");
        group.MapGet("", Show);
        group.MapGet("/new", New).RequireAuthorization(Policies.Schemes);
        group.MapPost("/new", Publish).RequireAuthorization(Policies.Schemes);
        group.MapPost("/example", Compute).RequireAuthorization(Policies.Schemes);
        group.MapPost("/{key}/end", End).RequireAuthorization(Policies.Schemes);
    }

    private static async Task<IResult> Show(Schemes schemes, IAuthorizationService may, HttpContext http, CancellationToken cancel) =>
        new RazorComponentResult<BonusesPage>(new
        {
            Bonuses = await schemes.BonusesAsync(cancel),
            MayChange = (await may.AuthorizeAsync(http.User, Policies.Schemes)).Succeeded,
        });

    private static async Task<IResult> New(
        string? like, Products products, Schemes schemes, Texts texts, TenantScope tenant, TimeProvider time, CancellationToken cancel)
    {
        var month = Month.Of(tenant.Zone.DateOf(time.Now));
        var model = like is null ? null : (await schemes.BonusesAsync(cancel)).FirstOrDefault(b => b.Bonus.Key == like);
        var form = model is null ? BonusForm.Empty(month) : BonusForm.Like(model.Bonus, month);
        return await Page(form, FormErrors.None, products, schemes, texts, cancel);
    }

    private static async Task<IResult> Publish(
        IFormCollection form, PublishBonus publish, Products products, Schemes schemes, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var node = FormNode.Of(form);
        var bonus = new BonusForm(node);
        if (form["do"] != "save")
        {
            bonus.Change(form["do"].ToString());
            return await Page(node, FormErrors.None, products, schemes, texts, cancel);
        }
        var read = bonus.Read();
        var published = read.IsRefused ? read.Refusals.ToList() : await publish.RunAsync(read.Value.Json, read.Value.First, cancel);
        if (published.IsRefused) return await Page(node, FormErrors.Of(published.Refusals, r => texts.Of(r)), products, schemes, texts, cancel);
        http.LeaveNotice("已发布奖励。");
        return TypedResults.LocalRedirect("/office/bonuses");
    }

    /// <summary>What the example comes to, while one types.</summary>
    private static RazorComponentResult<BonusExampleView> Compute(IFormCollection form, Texts texts)
    {
        var (told, faults) = Tell(FormNode.Of(form), texts);
        return new RazorComponentResult<BonusExampleView>(new { Told = told, Faults = faults });
    }

    private static async Task<IResult> End(
        string key, PublishBonus publish, TenantScope tenant, TimeProvider time, HttpContext http, CancellationToken cancel)
    {
        if ((await publish.EndAsync(key, Month.Of(tenant.Zone.DateOf(time.Now)), cancel)).IsRefused) return TypedResults.NotFound();
        http.LeaveNotice("奖励将在本月后结束。");
        return TypedResults.LocalRedirect("/office/bonuses");
    }

    private static (IReadOnlyList<string> Told, FormErrors Faults) Tell(FormNode node, Texts texts) =>
        new BonusForm(node).Tell().TryGet(out var told, out var refusals) ? (told, FormErrors.None) : ([], FormErrors.Of(refusals, r => texts.Of(r)));

    private static async Task<IResult> Page(
        FormNode node, FormErrors errors, Products products, Schemes schemes, Texts texts, CancellationToken cancel)
    {
        var all = await products.AllAsync(cancel);
        List<Option> stages = [];
        foreach (var product in all)
        {
            foreach (var version in await schemes.VersionsAsync(product.Id, cancel))
                stages.AddRange(version.Scheme.Stages.Select(s => new Option(s.Key, s.Key == s.Name ? s.Key : $"{s.Name}（{s.Key}）")));
        }
        var (told, faults) = Tell(node, texts);
        return new RazorComponentResult<NewBonusPage>(new
        {
            Form = node,
            Products = all,
            Stages = stages.GroupBy(s => s.Value).Select(s => s.Count() == 1 || s.DistinctBy(o => o.Text).Count() == 1 ? s.First() : new(s.Key, s.Key)),
            Told = told,
            Faults = faults,
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }
}
