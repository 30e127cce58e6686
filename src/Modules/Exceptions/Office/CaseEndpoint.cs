using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Exceptions;

/// <summary>One case and what people do about it: <c>/office/cases/{id}</c>.</summary>
internal sealed class CaseEndpoint(CaseRecords cases, CaseDesk desk, Departments departments, Users users, Texts texts, Actor actor, TimeProvider time)
{
    public static Task<IResult> Show(Guid id, CaseEndpoint page, CancellationToken cancel) => page.PageAsync(new(id), new(), [], cancel);

    public static async Task<IResult> Take(
        Guid id, [FromForm] CasePage.Typed form, HttpContext http, CaseEndpoint page, TakeCase take, CancellationToken cancel) =>
        await page.DoneAsync(id, http, form, await take.RunAsync(new(id), page.KeyOf(form), cancel), "这个异常由您负责。", cancel);

    public static async Task<IResult> Note(
        Guid id, [FromForm] CasePage.Typed form, HttpContext http, CaseEndpoint page, NoteCase note, CancellationToken cancel) =>
        await page.DoneAsync(id, http, form, await note.RunAsync(new(id), form.Note ?? "", page.KeyOf(form), cancel), "已记录。", cancel);

    public static async Task<IResult> HandOver(
        Guid id, [FromForm] CasePage.Typed form, HttpContext http, CaseEndpoint page, HandOverCase handOver, CancellationToken cancel) =>
        await page.DoneAsync(
            id, http, form, await handOver.RunAsync(new(id), form.To ?? "", form.HandNote ?? "", page.KeyOf(form), cancel), "已转交，对方会收到消息。", cancel);

    public static async Task<IResult> Resolve(
        Guid id, [FromForm] CasePage.Typed form, HttpContext http, CaseEndpoint page, ResolveCase resolve, CancellationToken cancel) =>
        await page.DoneAsync(id, http, form, await resolve.RunAsync(new(id), form.Reason ?? "", page.KeyOf(form), cancel), "已解决；如果问题再次出现，会重新打开。", cancel);

    /// <summary>A key that came from nowhere is one of its own.</summary>
    private string KeyOf(CasePage.Typed form) => Guid.TryParse(form.Key, out var key) ? $"{key:N}" : NewKey();

    private string NewKey() => $"{Guid.CreateVersion7(time.GetUtcNow()):N}";

    private async Task<IResult> DoneAsync(
        Guid id, HttpContext http, CasePage.Typed form, Result<Done> outcome, string notice, CancellationToken cancel)
    {
        if (outcome.IsRefused) return await PageAsync(new(id), form, outcome.Refusals, cancel);
        http.LeaveNotice(notice);
        return Results.LocalRedirect($"/office/cases/{id}");
    }

    private async Task<IResult> PageAsync(CaseId id, CasePage.Typed form, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await cases.FindAsync(id, cancel) is not { } detail) return Results.NotFound();
        return new RazorComponentResult<CasePage>(new
        {
            Model = new CasePage.View(
                detail, await CasesEndpoint.PeopleAsync(users, cancel),
                [
                    .. departments.All.Where(d => d != detail.Case.Department).Select(d => new Option(d, $"部门：{Departments.NameOf(d)}")),
                    .. (await users.WhoMayAsync(Policies.Cases, cancel)).Where(u => u.Active && u.Actor != detail.Case.Owner)
                        .Select(u => new Option(u.Actor, $"同事：{u.Name}")),
                ],
                detail.Case.State == CaseState.Open && await desk.MayActAsync(detail.Case.Department, detail.Case.Owner, cancel), actor.Name, time.Now),
            Form = form,
            Key = NewKey(),
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
