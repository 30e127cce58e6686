using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Reconciliation;

/// <summary>The rules that decide small differences: <c>/office/reconciliation/rules</c>.</summary>
internal sealed class RulesEndpoint(SetRules rules, Products products, Users users, Texts texts, TenantScope tenant, TimeProvider time)
{
    public const string Address = "/office/reconciliation/rules";

    public static Task<IResult> Show(RulesEndpoint endpoint, CancellationToken cancel) => endpoint.ShowAsync(new(), [], cancel);

    public static async Task<IResult> Add(RulesEndpoint endpoint, [FromForm] RulesPage.Typed form, HttpContext http, CancellationToken cancel)
    {
        NewRule rule = new(
            new(Guid.TryParse(form.Upstream, out var id) ? id : Guid.Empty), Enum.TryParse<RuleKind>(form.Kind, out var kind) ? kind : RuleKind.SmallAmount,
            SheetEndpoint.DayOf(form.From) ?? default, AmountOf(form.Threshold), AmountOf(form.Cap),
            int.TryParse(form.Cutoff, NumberStyles.None, CultureInfo.InvariantCulture, out var cutoff) ? cutoff : 0);
        if (await endpoint.Rules.AddAsync(rule, cancel) is { IsRefused: true } refused) return await endpoint.ShowAsync(form, refused.Refusals, cancel);
        http.LeaveNotice("规则已设定。");
        return Results.LocalRedirect(Address);
    }

    public static async Task<IResult> End(Guid id, RulesEndpoint endpoint, HttpContext http, CancellationToken cancel)
    {
        var result = await endpoint.Rules.EndAsync(new(id), cancel);
        if (result.IsRefused) return await endpoint.ShowAsync(new(), result.Refusals, cancel);
        http.LeaveNotice("规则已停用，从今天起不再自动处理。");
        return Results.LocalRedirect(Address);
    }

    private SetRules Rules => rules;

    private static Money AmountOf(string? text) => YuanText.TryRead(text, out var amount) ? amount : default;

    private async Task<IResult> ShowAsync(RulesPage.Typed form, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var today = tenant.Zone.DateOf(time.Now);
        return new RazorComponentResult<RulesPage>(new
        {
            Rules = await rules.AllAsync(cancel),
            Upstreams = (await products.UpstreamsAsync(cancel)).ToDictionary(u => u.Id, u => u.Name),
            People = await users.NamesAsync(cancel),
            Form = form with { From = form.From ?? today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
            Errors = Refused.Of(refusals, texts),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
