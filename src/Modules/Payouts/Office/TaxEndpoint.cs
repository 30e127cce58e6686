using HaoSuan.Distributors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using System.Security.Cryptography;

namespace HaoSuan.Payouts;

/// <summary>What was withheld, its returns, tax profiles and corrections: <c>/office/payouts/tax</c>.</summary>
internal sealed class TaxEndpoint(
    TaxRecords records, TaxPapers papers, SetTaxProfile set, CorrectTax correct, Tree tree, TenantScope tenant, TimeProvider time, Texts texts)
{
    public static async Task<IResult> Show(string? month, TaxEndpoint page, CancellationToken cancel) => await page.ShowAsync(month, cancel);

    public static async Task<IResult> Return(string format, string? month, TaxEndpoint page, CancellationToken cancel) =>
        Month.TryParse(month ?? "", out var read)
            ? await page.FileAsync(format, papers => papers.ReturnAsync(read, cancel), $"withholding-{read}")
            : Results.NotFound();

    public static async Task<IResult> Incomes(string format, string? month, TaxEndpoint page, CancellationToken cancel)
    {
        if (!Month.TryParse(month ?? "", out var read)) return Results.NotFound();
        var quarter = ((read.OfYear - 1) / 3) + 1;
        return await page.FileAsync(format, papers => papers.IncomesAsync(read.Year, quarter, cancel), $"incomes-{read.Year}-Q{quarter}");
    }

    public static Task<IResult> Person(string code, TaxEndpoint page, CancellationToken cancel) => page.PersonAsync(code, null, [], cancel);

    public static async Task<IResult> SetProfile(string code, IFormCollection form, TaxEndpoint page, HttpContext http, CancellationToken cancel) =>
        await page.AnswerAsync(code, form, (id, cancelled) => page.SetAsync(id, form, cancelled), "计税方式已保存。", http, cancel);

    public static async Task<IResult> Correct(string code, IFormCollection form, TaxEndpoint page, HttpContext http, CancellationToken cancel) =>
        await page.AnswerAsync(code, form, (id, cancelled) => page.CorrectAsync(id, form, cancelled), "已更正，并记入分销商余额。", http, cancel);

    private async Task<IResult> FileAsync(string format, Func<TaxPapers, Task<Paper>> make, string name) =>
        PaperFile.Of(format, await make(papers), tenant.Zone, name);

    private Month Present => Month.Of(tenant.Zone.DateOf(time.Now));

    private async Task<IResult> ShowAsync(string? typed, CancellationToken cancel)
    {
        var month = Month.TryParse(typed ?? "", out var read) ? read : Present;
        var months = await records.MonthAsync(month, cancel);
        return new RazorComponentResult<TaxPage>(new
        {
            Month = month,
            Months = months,
            People = (await tree.AllAsync(cancel)).ToDictionary(d => d.Id),
            Known = await records.KnownAsync([.. months.Select(m => m.DistributorId)], cancel),
        });
    }

    private async Task<Result<Done>> SetAsync(DistributorId id, IFormCollection form, CancellationToken cancel)
    {
        if (!Month.TryParse(form["valid_from"].ToString(), out var from)) return new Refusal("payouts.tax_month").On("valid_from");
        return Enum.TryParse<TaxKind>(form["kind"], out var kind) && Enum.IsDefined(kind)
            ? await set.RunAsync(new(id, from, kind, form["name"], form["id_number"]), cancel)
            : new Refusal("payouts.tax_kind").On("kind");
    }

    private async Task<Result<Done>> CorrectAsync(DistributorId id, IFormCollection form, CancellationToken cancel)
    {
        if (!Month.TryParse(form["month"].ToString(), out var month)) return new Refusal("payouts.tax_month").On("month");
        if (!YuanText.TryRead(form["tax"], out var tax)) return new Refusal("payouts.not_an_amount").On("tax");
        return form["key"].ToString() is { Length: > 0 and <= 64 } key
            ? await correct.RunAsync(id, month, tax, form["reason"].ToString(), key, cancel)
            : new Refusal("payouts.reason_missing").On("reason");
    }

    private async Task<IResult> AnswerAsync(
        string code, IFormCollection form, Func<DistributorId, CancellationToken, Task<Result<Done>>> act, string notice, HttpContext http,
        CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return Results.NotFound();
        var result = await act(distributor.Id, cancel);
        if (result.IsRefused) return await PersonAsync(code, form, result.Refusals, cancel);
        http.LeaveNotice(notice);
        return Results.LocalRedirect($"/office/payouts/tax/{code}");
    }

    private async Task<IResult> PersonAsync(string code, IFormCollection? form, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await tree.FindByCodeAsync(code, cancel) is not { } distributor) return Results.NotFound();
        return new RazorComponentResult<TaxPersonPage>(new
        {
            Distributor = distributor,
            Profiles = await records.ProfilesAsync(distributor.Id, cancel),
            Corrections = await records.CorrectionsAsync(distributor.Id, cancel),
            Present,
            Typed = form?.ToDictionary(f => f.Key, f => f.Value.ToString()) ?? [],
            Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
