using HaoSuan.Catalog;
using HaoSuan.Identity;
using HaoSuan.Settlements;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Appeals;

/// <summary>A distributor's appeals: <c>/agent/appeals</c>.</summary>
internal sealed class AgentAppealsEndpoint(AppealRecords appeals, Aftermath aftermath, Why why, Products products, Texts texts, TimeProvider time)
{
    private const int PerPage = 30;

    public static async Task<IResult> List(HttpContext http, AppealRecords appeals, int? page, CancellationToken cancel)
    {
        var (own, number) = (http.User.DistributorId, Math.Max(1, page ?? 1));
        var total = await appeals.CountOfAsync(own, cancel);
        var shown = await appeals.OfAsync(own, (number - 1) * PerPage, PerPage, cancel);
        return new RazorComponentResult<AgentAppealsPage>(new { Appeals = shown, Page = number, Pages = (total + PerPage - 1) / PerPage, Total = total });
    }

    public static Task<IResult> New(Guid? order, string? stage, HttpContext http, AgentAppealsEndpoint page, CancellationToken cancel) =>
        page.FormAsync(new(order ?? Guid.Empty), http.User.DistributorId, new(stage, null, FormMessage.NewKey()), [], cancel);

    public static async Task<IResult> Open(
        [FromQuery] Guid order, [FromForm] string? stage, [FromForm] string? text, [FromForm] string? key, IFormFileCollection files,
        HttpContext http, AgentAppealsEndpoint page, OpenAppeal open, CancellationToken cancel)
    {
        var message = await FormMessage.ReadAsync(text, files, key, cancel);
        var opened = await open.RunAsync(new(http.User.DistributorId, new(order), stage ?? "", message), cancel);
        if (opened.IsRefused) return await page.FormAsync(new(order), http.User.DistributorId, new(stage, text, message.Key), opened.Refusals, cancel);
        http.LeaveNotice("申诉已提交，处理进展会显示在这里。");
        return Results.LocalRedirect(AddressOf(opened.Value.Value));
    }

    public static Task<IResult> Show(Guid id, HttpContext http, AgentAppealsEndpoint page, CancellationToken cancel) =>
        page.DetailAsync(new(id), http.User.DistributorId, new(null, FormMessage.NewKey()), [], cancel);

    public static async Task<IResult> Say(
        Guid id, [FromForm] string? text, [FromForm] string? key, IFormFileCollection files, HttpContext http, AgentAppealsEndpoint page,
        WriteMessage write, CancellationToken cancel)
    {
        var message = await FormMessage.ReadAsync(text, files, key, cancel);
        var said = await write.ByDistributorAsync(new(id), http.User.DistributorId, message, cancel);
        return await page.DoneAsync(id, http, text, message, said, "已发送。", cancel);
    }

    public static async Task<IResult> Reopen(
        Guid id, [FromForm] string? text, [FromForm] string? key, IFormFileCollection files, HttpContext http, AgentAppealsEndpoint page,
        ReopenAppeal reopen, CancellationToken cancel)
    {
        var message = await FormMessage.ReadAsync(text, files, key, cancel);
        var reopened = await reopen.RunAsync(new(id), http.User.DistributorId, message, cancel);
        return await page.DoneAsync(id, http, text, message, reopened, "已重新申诉，期限重新计算。", cancel);
    }

    public static async Task<IResult> Withdraw(
        Guid id, [FromForm] string? key, HttpContext http, AgentAppealsEndpoint page, WithdrawAppeal withdraw, CancellationToken cancel)
    {
        var message = await FormMessage.ReadAsync(null, null, key, cancel);
        var withdrawn = await withdraw.RunAsync(new(id), http.User.DistributorId, message, cancel);
        return await page.DoneAsync(id, http, null, message, withdrawn, "申诉已撤回。", cancel);
    }

    public static async Task<IResult> File(Guid id, int number, HttpContext http, AppealRecords appeals, CancellationToken cancel) =>
        await appeals.FileAsync(new(id), number, http.User.DistributorId, cancel) is { } file ? Sent(file) : Results.NotFound();

    /// <summary>Pictures are shown, everything else is a download: no page of ours is made of what somebody has handed in.</summary>
    public static IResult Sent((string Name, string MediaType, byte[] Content) file) =>
        Results.File(file.Content, file.MediaType, file.MediaType.StartsWith("image/", StringComparison.Ordinal) ? null : file.Name);

    private static string AddressOf(Guid id) => $"/agent/appeals/{id}";

    private async Task<IResult> DoneAsync(
        Guid id, HttpContext http, string? text, NewMessage message, Result<Done> outcome, string notice, CancellationToken cancel)
    {
        if (outcome.IsRefused) return await DetailAsync(new(id), http.User.DistributorId, new(text, message.Key), outcome.Refusals, cancel);
        http.LeaveNotice(notice);
        return Results.LocalRedirect(AddressOf(id));
    }

    private async Task<IResult> FormAsync(
        OrderId id, DistributorId own, NewAppealPage.Typed typed, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await why.OfAsync(id, own, cancel) is not { } order) return Results.NotFound();
        return new RazorComponentResult<NewAppealPage>(new
        {
            Order = order,
            Product = (await products.FindAsync(order.ProductId, cancel))!.Name,
            Form = typed,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    private async Task<IResult> DetailAsync(
        AppealId id, DistributorId own, AgentAppealPage.Typed typed, IReadOnlyList<Refusal> refusals, CancellationToken cancel)
    {
        if (await appeals.FindAsync(id, own, cancel) is not { } appeal) return Results.NotFound();
        return new RazorComponentResult<AgentAppealPage>(new
        {
            Detail = appeal,
            Product = (await products.FindAsync(appeal.Appeal.ProductId, cancel))!.Name,
            Followed = await aftermath.OfAsync(appeal.Appeal, cancel),
            Form = typed,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
            Now = time.Now,
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
