using HaoSuan.Catalog;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Reconciliation;

/// <summary>One difference with its row and its decisions, and how the last one is taken back: <c>/office/reconciliation/{id}/{number}</c>.</summary>
internal sealed class DifferenceEndpoint(ReconSheets sheets, Products products, Users users, Texts texts)
{
    public static string AddressOf(DifferenceKey key) => $"{SheetEndpoint.AddressOf(key.Sheet)}/{key.Number}";

    public static Task<IResult> Show(Guid id, int number, DifferenceEndpoint endpoint, CancellationToken cancel) =>
        endpoint.ShowAsync(new(new(id), number), "", [], cancel);

    public static async Task<IResult> Reverse(
        Guid id, int number, DifferenceEndpoint endpoint, ReverseDecision reverse, HttpContext http, [FromForm] string? reason, CancellationToken cancel)
    {
        DifferenceKey key = new(new(id), number);
        var result = await reverse.RunAsync(key, reason ?? "", cancel);
        if (result.IsRefused) return await endpoint.ShowAsync(key, reason ?? "", result.Refusals, cancel);
        http.LeaveNotice("已撤销，并记了反向分录。");
        return Results.LocalRedirect(AddressOf(key));
    }

    private async Task<IResult> ShowAsync(DifferenceKey key, string reason, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await sheets.DifferenceAsync(key, cancel) is not { } detail) return Results.NotFound();
        return new RazorComponentResult<DifferencePage>(new
        {
            Model = new DifferencePage.View(
                detail, (await products.UpstreamAsync(detail.Sheet.UpstreamId, cancel))?.Name ?? "",
                await users.NamesAsync(cancel), reason),
            Errors = Refused.Of(refusals, texts),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
