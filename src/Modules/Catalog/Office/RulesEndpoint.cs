using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace HaoSuan.Catalog;

/// <summary>The rules of a product, changed one by one: <c>/office/products/{code}/rules</c>.</summary>
internal sealed class RulesEndpoint(Products products, ChangeRules change, IAuthorizationService may, Texts texts)
{
    public static void Map(RouteGroupBuilder office)
    {
        office.MapGet("/products/{code}/rules", Show);
        office.MapPost("/products/{code}/rules", Change).RequireAuthorization(Policies.Operations);
    }

    /// <param name="code">The product's.</param>
    /// <param name="add">The kind of a rule that is to be added.</param>
    /// <param name="edit">The place of a rule that is to be changed.</param>
    /// <param name="page">This page.</param>
    /// <param name="http">The request.</param>
    /// <param name="cancel">Ends it early.</param>
    private static async Task<IResult> Show(
        string code, string? add, int? edit, RulesEndpoint page, HttpContext http, CancellationToken cancel) =>
        await page.PageAsync(code, RulesPage.Entry.New(add), edit, FormErrors.None, http, cancel);

    private static async Task<IResult> Change(
        string code, [FromForm] RulesPage.Entry form, RulesEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (await page.ChangeAsync(code, form, cancel) is not { } changed) return TypedResults.NotFound();
        if (changed.IsRefused)
            return await page.PageAsync(code, form, form.Verb == "change" ? form.At : null, page.Errors(changed), http, cancel);
        http.LeaveNotice("办理条件已修改，从现在起的新订单按它办理。");
        return TypedResults.LocalRedirect($"/office/products/{code}/rules");
    }

    private FormErrors Errors(Result<int> refused) => FormErrors.Of(refused.Refusals, r => texts.Of(r));

    private async Task<Result<int>?> ChangeAsync(string code, RulesPage.Entry form, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return null;
        List<EligibilityRule> rules = [.. product.Rules];
        if (form.Verb != "add" && (form.At < 0 || form.At >= rules.Count)) return new Refusal("catalog.rules_changed_meanwhile");
        if (form.Verb is "add" or "change")
        {
            if (!form.Read().TryGet(out var rule, out var refusals)) return refusals.ToList();
            if (form.Verb == "add") rules.Add(rule);
            else rules[form.At] = rule;
        }
        else
        {
            var rule = rules[form.At];
            rules.RemoveAt(form.At);
            if (form.Verb != "remove") rules.Insert(Math.Clamp(form.At + (form.Verb == "up" ? -1 : 1), 0, rules.Count), rule);
        }
        return await change.RunAsync(product.Id, form.Seen, rules, cancel);
    }

    private async Task<IResult> PageAsync(string code, RulesPage.Entry form, int? edit, FormErrors errors, HttpContext http, CancellationToken cancel)
    {
        if (await products.FindByCodeAsync(code, cancel) is not { } product) return TypedResults.NotFound();
        var edited = edit is { } at && at >= 0 && at < product.Rules.Count ? edit : null;
        return new RazorComponentResult<RulesPage>(new
        {
            Product = product,
            Versions = await products.RulesAsync(product.Id, cancel),
            Input = edited is { } place && !errors.Any ? RulesPage.Entry.Of(product.Rules[place]) : form,
            Edited = edited,
            MayChange = await ProductsEndpoint.MayChange(may, http),
            Errors = errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }
}
