using HaoSuan.Catalog;
using HaoSuan.Distributors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Outlook;

/// <summary>What all distributors may still miss: <c>/office/warnings</c>.</summary>
internal static class WarningDeskEndpoint
{
    private const int PerPage = 20;
    private static readonly TimeSpan Recently = TimeSpan.FromDays(30);

    public static async Task<IResult> List(
        Warnings warnings, Products products, Tree tree, TimeProvider time, bool? keep, int? page, CancellationToken cancel)
    {
        var (actionable, number) = (keep is not true, Math.Max(1, page ?? 1));
        var counts = (Actionable: await warnings.CountAsync(null, true, cancel), Keep: await warnings.CountAsync(null, false, cancel));
        return new RazorComponentResult<WarningDeskPage>(new
        {
            Model = new WarningDeskPage.View(
                await warnings.TotalsAsync(actionable, cancel),
                await warnings.OpenAsync(null, actionable, (number - 1) * PerPage, PerPage, cancel),
                await warnings.EndedAsync(actionable, time.Now - Recently, cancel),
                (await products.AllAsync(cancel)).ToDictionary(p => p.Id, p => p.Name),
                (await tree.AllAsync(cancel)).ToDictionary(d => d.Id, d => d.Name),
                actionable, counts.Actionable, counts.Keep, number, ((actionable ? counts.Actionable : counts.Keep) + PerPage - 1) / PerPage, time.Now),
        });
    }
}
