using HaoSuan.Identity;
using HaoSuan.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Reports;

/// <summary>
/// The checklist of the month's end; closes the last finished month and reopens the last closed one (关账、反关账): <c>/office/reports/closing</c>.
/// </summary>
internal sealed class ClosingEndpoint(
    Books books, ClosingChecklist checklist, Users users, TenantScope tenant, Texts texts, TimeProvider time)
{
    public const string Address = "/office/reports/closing";

    public static Task<IResult> Show(ClosingEndpoint endpoint, CancellationToken cancel) => endpoint.ShowAsync(null, [], cancel);

    public static async Task<IResult> Close(
        ClosingEndpoint endpoint, CloseMonth close, HttpContext http, [FromForm] string? month, CancellationToken cancel)
    {
        if (!Month.TryParse(month ?? "", out var read)) return TypedResults.LocalRedirect(Address);
        if (await close.CloseAsync(read, cancel) is { IsRefused: true } refused) return await endpoint.ShowAsync(null, refused.Refusals, cancel);
        http.LeaveNotice($"{read} 已关账：这个月及以前的报表不再变化，晚到的记入下一个月。");
        return TypedResults.LocalRedirect(Address);
    }

    public static async Task<IResult> Reopen(
        ClosingEndpoint endpoint, CloseMonth close, HttpContext http, [FromForm] string? month, [FromForm] string? reason, CancellationToken cancel)
    {
        if (!Month.TryParse(month ?? "", out var read)) return TypedResults.LocalRedirect(Address);
        if (await close.ReopenAsync(read, reason ?? "", cancel) is { IsRefused: true } refused)
            return await endpoint.ShowAsync(reason, refused.Refusals, cancel);
        http.LeaveNotice($"{read} 已反关账，可以继续入账。");
        return TypedResults.LocalRedirect(Address);
    }

    private async Task<IResult> ShowAsync(string? reason, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        var (closed, last) = (await books.ClosedThroughAsync(cancel), Month.Of(tenant.Zone.DateOf(time.Now)) + -1);
        var acts = await books.ClosingsAsync(cancel);
        var names = await users.NamesAsync(cancel);
        Month? toClose = closed >= last ? null : last;
        return new RazorComponentResult<ClosingPage>(new
        {
            Model = new ClosingPage.View(
                closed, toClose, toClose is { } month ? [.. (await checklist.OfAsync(month, cancel)).Select(s => StepOf(s, names))] : [],
                [.. acts.Select(a => a with { Actor = names.GetValueOrDefault(a.Actor, a.Actor) })], reason),
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    private ClosingPage.Step StepOf(ClosingState state, IReadOnlyDictionary<string, string> names) => new(
        texts.Of(state.Step.Name), texts.Of($"{state.Step.Name}_asks"), state.Step.Href, state.Finding.By is { } by ? names.GetValueOrDefault(by, by) : null,
        state.Finding.At, [.. state.Finding.Blockers.Select(b => (texts.Of(b.What), b.Href))]);
}
