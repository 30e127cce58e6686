using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Payouts;

/// <summary>What holds for payouts, each way's own, from which day on: <c>/office/payouts/policies</c>.</summary>
internal sealed class PoliciesEndpoint(PayoutPolicies policies, TenantScope tenant, TimeProvider time, Texts texts)
{
    public static Task<IResult> Show(PayoutMethod? method, PoliciesEndpoint page, CancellationToken cancel) =>
        page.ShowAsync(method ?? PayoutMethod.Alipay, null, [], cancel);

    public static async Task<IResult> Set(IFormCollection typed, PayoutMethod? method, PoliciesEndpoint page, HttpContext http, CancellationToken cancel)
    {
        var (way, form) = (method ?? PayoutMethod.Alipay, PolicyForm.Of(typed));
        if (!form.Read().TryGet(out var read, out var refusals)) return await page.ShowAsync(way, form, refusals, cancel);
        var result = await page.SetAsync(way, read.From, read.Policy, cancel);
        if (result.IsRefused) return await page.ShowAsync(way, form, result.Refusals, cancel);
        http.LeaveNotice($"{PayoutWords.Of(way)}的提现规则已保存，{read.From:yyyy-MM-dd} 起生效。");
        return Results.LocalRedirect($"/office/payouts/policies?method={way}");
    }

    private Task<Result<Done>> SetAsync(PayoutMethod method, DateOnly from, PayoutPolicy policy, CancellationToken cancel) =>
        policies.SetAsync(method, from, policy, cancel);

    private async Task<IResult> ShowAsync(PayoutMethod method, PolicyForm? form, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var all = await policies.AllAsync(cancel);
        var today = tenant.Zone.DateOf(time.Now);
        var present = await policies.InForceAsync(method, cancel);
        return new RazorComponentResult<PoliciesPage>(new
        {
            Method = method,
            Present = present,
            History = (IReadOnlyList<PolicyVersion>)[.. all.Where(v => v.Method == method)],
            Form = form ?? PolicyForm.Of(present, today),
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
