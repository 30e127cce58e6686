using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Invoices;

/// <summary>Who issues, and the rates with their days: <c>/office/invoice-rates</c>.</summary>
internal static class RatesEndpoint
{
    public static Task<IResult> Show(InvoiceRates rates, CancellationToken cancel) => PageAsync(rates, null, null, FormErrors.None, cancel);

    public static async Task<IResult> Set([FromForm] RateForm form, InvoiceRates rates, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var set = await rates.SetAsync(form, cancel);
        if (set.IsRefused) return await PageAsync(rates, form, null, FormErrors.Of(set.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("税率已保存。");
        return TypedResults.LocalRedirect("/office/invoice-rates");
    }

    public static async Task<IResult> SetSeller([FromForm] SellerForm form, InvoiceRates rates, Texts texts, HttpContext http, CancellationToken cancel)
    {
        var set = await rates.SetSellerAsync(form, cancel);
        if (set.IsRefused) return await PageAsync(rates, null, form, FormErrors.Of(set.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice("销售方已保存。");
        return TypedResults.LocalRedirect("/office/invoice-rates");
    }

    private static async Task<IResult> PageAsync(InvoiceRates rates, RateForm? rate, SellerForm? seller, FormErrors errors, CancellationToken cancel)
    {
        var present = await rates.ShowSellerAsync(cancel);
        return new RazorComponentResult<RatesPage>(new
        {
            Rates = await rates.AllAsync(cancel),
            Present = present,
            RateForm = rate ?? new(null, null, null, null, null, null),
            SellerForm = seller ?? new(present?.Name, present?.TaxNumber, null),
            RateErrors = rate is null ? FormErrors.None : errors,
            SellerErrors = seller is null ? FormErrors.None : errors,
        })
        { StatusCode = errors.Any ? 422 : 200 };
    }
}
