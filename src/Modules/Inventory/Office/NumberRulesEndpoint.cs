using System.Globalization;
using HaoSuan.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Inventory;

/// <summary>The terms of numbers by pattern: <c>/office/numbers/rules</c>. A form is looked at first, and set after that.</summary>
internal sealed class NumberRulesEndpoint(NumberRules rules, Products products, Texts texts, TimeProvider time)
{
    public static Task<IResult> Show(NumberRulesEndpoint page, CancellationToken cancel) => page.PageAsync(new(), null, [], cancel);

    public static async Task<IResult> Set(
        [FromForm] NumberRulesPage.Input form, [FromForm(Name = "do")] string? verb, NumberRulesEndpoint page, HttpContext http, CancellationToken cancel)
    {
        if (!Read(form).TryGet(out var asked, out var faults)) return await page.PageAsync(form, null, faults, cancel);
        var preview = await page.PreviewAsync(asked, cancel);
        if (preview.IsRefused) return await page.PageAsync(form, null, preview.Refusals, cancel);
        if (verb != "set") return await page.PageAsync(form, preview.Value, [], cancel);
        var set = await page.SetAsync(asked, cancel);
        if (set.IsRefused) return await page.PageAsync(form, null, set.Refusals, cancel);
        http.LeaveNotice("规则已保存，到生效时间后的新订单按它执行。");
        return TypedResults.LocalRedirect("/office/numbers/rules");
    }

    private sealed record Asked(RuleScope Scope, DateOnly? From, NumberTerms? Terms);

    private Task<Result<Concerned>> PreviewAsync(Asked asked, CancellationToken cancel) => rules.PreviewAsync(asked.Scope, asked.From, asked.Terms, cancel);

    private Task<Result<NumberRule>> SetAsync(Asked asked, CancellationToken cancel) => rules.SetAsync(asked.Scope, asked.From, asked.Terms, cancel);

    private static Result<Asked> Read(NumberRulesPage.Input form)
    {
        List<Refusal> faults = [];
        var pattern = Enum.TryParse<NumberPattern>(form.Pattern, out var read) ? read : NumberPattern.Plain;
        var scope = new RuleScope(pattern);
        if (Guid.TryParse(form.Scope, out var product)) scope = scope with { Product = new(product) };
        else if (Enum.TryParse<Carrier>(form.Scope, out var carrier)) scope = scope with { Carrier = carrier };
        else if (!string.IsNullOrEmpty(form.Scope)) faults.Add(new Refusal("inventory.product_unknown").On("scope"));
        DateOnly? from = DateOnly.TryParseExact(form.From, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        if (from is null && !string.IsNullOrWhiteSpace(form.From)) faults.Add(new Refusal("inventory.rule_past").On("from"));
        if (form.Lift == "true") return faults.Count > 0 ? faults : new Asked(scope, from, null);
        var months = int.TryParse(form.Months, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (months == 0 && form.Months?.Trim() is not (null or "" or "0")) months = -1;
        var terms = new NumberTerms(Amount("supplement", form.Supplement), Amount("monthly", form.Monthly), Amount("prepayment", form.Prepayment), months,
            (form.Note ?? "").Trim());
        return faults.Count > 0 ? faults : new Asked(scope, from, terms);

        Money Amount(string field, string? text)
        {
            if (string.IsNullOrWhiteSpace(text)) return Money.Zero;
            if (YuanText.TryRead(text, out var amount) && amount >= Money.Zero) return amount;
            faults.Add(new Refusal("inventory.rule_amount").On(field));
            return Money.Zero;
        }
    }

    private async Task<IResult> PageAsync(NumberRulesPage.Input form, Concerned? preview, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var shown = new
        {
            Rules = await rules.AllAsync(cancel),
            Concerned = await rules.ConcernedAsync(cancel),
            Products = await products.AllAsync(cancel),
            Form = form,
            Preview = preview,
            Errors = CardInput.Errors(refusals, texts),
            Now = time.Now,
        };
        return new RazorComponentResult<NumberRulesPage>(shown) { StatusCode = refusals.Count > 0 ? 422 : 200 };
    }
}
