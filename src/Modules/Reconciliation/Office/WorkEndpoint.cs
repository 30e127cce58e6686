using System.Globalization;
using HaoSuan.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Reconciliation;

/// <summary>The differences of all sheets, to be decided many at a time: <c>/office/reconciliation/differences</c>.</summary>
internal sealed class WorkEndpoint(WorkList work, Products products, Texts texts)
{
    public const string Address = "/office/reconciliation/differences";
    public const string Everything = "filter";

    /// <summary>Before an owner's name in an address, so that no name means something else.</summary>
    public const char NamePrefix = '=';

    private const int PageSize = 50;

    public static Task<IResult> Show([AsParameters] WorkPage.Asked query, WorkEndpoint endpoint, CancellationToken cancel) =>
        endpoint.ShowAsync(query, DecisionForm.Typed.Empty, new HashSet<DifferenceKey>(), [], cancel);

    public static async Task<IResult> Decide(
        [AsParameters] WorkPage.Asked query, WorkEndpoint endpoint, DecideDifferences decide, HttpContext http, [FromForm] Verdict verdict,
        [FromForm] string? scope, [FromForm] string? note, [FromForm] string? owner, [FromForm] string? due, CancellationToken cancel)
    {
        DecisionForm.Typed typed = new(scope, note, owner, due, []);
        HashSet<DifferenceKey> keys = [.. http.Request.Form["chosen"].Select(c => Read(c ?? "")).OfType<DifferenceKey>()];
        Decision decision = new(verdict, note ?? "", owner, SheetEndpoint.DayOf(due));
        var result = scope == Everything
            ? await decide.RunAsync(query.ToFilter(), decision, cancel)
            : await decide.RunAsync(keys, decision, cancel);
        if (result.IsRefused) return await endpoint.ShowAsync(query, typed, keys, result.Refusals, cancel);
        http.LeaveNotice($"{Words.Of(verdict)} {result.Value} 条。");
        return Results.LocalRedirect(query.Href(1));
    }

    /// <summary>A key as a box of the form posts it.</summary>
    public static string Text(DifferenceKey key) => $"{key.Sheet.Value:N}/{key.Number}";

    private static DifferenceKey? Read(string text) =>
        text.Split('/') is [var sheet, var number] && Guid.TryParse(sheet, out var id)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? new(new(id), n)
            : null;

    private async Task<IResult> ShowAsync(
        WorkPage.Asked query, DecisionForm.Typed typed, IReadOnlySet<DifferenceKey> chosen, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var filter = query.ToFilter();
        var sum = await work.SumAsync(filter, cancel);
        var order = query.Sort == "age" ? WorkOrder.Age : WorkOrder.Amount;
        return new RazorComponentResult<WorkPage>(new
        {
            Model = new WorkPage.View(
                await work.SummaryAsync(cancel), await work.ListAsync(filter, order, (query.Number - 1) * PageSize, PageSize, cancel), sum,
                (sum.Count + PageSize - 1) / PageSize, (await products.UpstreamsAsync(cancel)).ToDictionary(u => u.Id, u => u.Name),
                await work.OwnersAsync(cancel), chosen),
            Query = query,
            Typed = typed,
            Errors = Refused.Of(refusals, texts),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
