using HaoSuan.Distributors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Payouts;

/// <summary>Finance decides about payouts: <c>/office/payouts</c>.</summary>
internal sealed class PayoutDeskEndpoint(PayoutRecords payouts, Tree tree, Texts texts)
{
    private const int Page = 100;

    public static async Task<IResult> List(PayoutDeskEndpoint desk, PayoutStatus? status, CancellationToken cancel)
    {
        var distributors = (await desk.Distributors(cancel)).ToDictionary(d => d.Id);
        List<Tab> tabs = [new("全部", "/office/payouts", status is null)];
        tabs.AddRange(Enum.GetValues<PayoutStatus>().Select(s => new Tab(PayoutWords.Of(s), $"/office/payouts?status={s}", status == s)));
        var model = new PayoutDeskPage.View(await desk.Payouts(status, cancel), distributors, tabs);
        return new RazorComponentResult<PayoutDeskPage>(new { Model = model });
    }

    public static async Task<IResult> Detail(Guid id, PayoutDeskEndpoint desk, CancellationToken cancel) =>
        await desk.ShowAsync(new(id), [], [], StatusCodes.Status200OK, cancel);

    public static async Task<IResult> Approve(Guid id, PayoutDeskEndpoint desk, ApprovePayout approve, HttpContext http, CancellationToken cancel)
    {
        var result = await approve.RunAsync(new(id), cancel);
        return result.IsRefused
            ? await desk.ShowAsync(new(id), [], result.Refusals, StatusCodes.Status422UnprocessableEntity, cancel)
            : Done(http, id, "已通过，正在付款。");
    }

    public static async Task<IResult> Reject(
        Guid id, PayoutDeskEndpoint desk, RejectPayout reject, HttpContext http, [FromForm] string? reason, CancellationToken cancel)
    {
        var result = await reject.RunAsync(new(id), reason ?? "", cancel);
        return result.IsRefused
            ? await desk.ShowAsync(new(id), result.Refusals, [], StatusCodes.Status422UnprocessableEntity, cancel)
            : Done(http, id, "已驳回，金额已退回可提现余额。");
    }

    public static async Task<IResult> Bank(
        Guid id, PayoutDeskEndpoint desk, BankFile bank, HttpContext http, [FromForm] string? outcome, [FromForm] string? note, CancellationToken cancel)
    {
        var result = await bank.ConfirmAsync(new(id), outcome == "paid", note ?? "", cancel);
        return result.IsRefused
            ? await desk.ShowAsync(new(id), result.Refusals, [], StatusCodes.Status422UnprocessableEntity, cancel)
            : Done(http, id, outcome == "paid" ? "已登记到账。" : "已登记失败，金额已退回可提现余额。");
    }

    public static async Task<IResult> Download(BankFile bank, CancellationToken cancel)
    {
        var (name, content) = await bank.ExportAsync(cancel);
        return Results.File(content, "text/csv; charset=utf-8", name);
    }

    private Task<IReadOnlyList<Distributor>> Distributors(CancellationToken cancel) => tree.AllAsync(cancel);

    private Task<IReadOnlyList<PayoutView>> Payouts(PayoutStatus? status, CancellationToken cancel) =>
        payouts.AllAsync(status, 0, Page, cancel);

    private async Task<IResult> ShowAsync(
        PayoutId id, IReadOnlyList<Refusal> refusals, IReadOnlyList<Refusal> approving, int status, CancellationToken cancel)
    {
        if (await payouts.FindAsync(id, cancel) is not { } payout) return Results.NotFound();
        var distributor = await tree.FindAsync(payout.DistributorId, cancel);
        return new RazorComponentResult<PayoutPage>(new
        {
            Payout = payout,
            Name = distributor?.Name ?? "",
            Frozen = distributor is { Frozen: true },
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
            ApproveErrors = FormErrors.Of(approving, r => texts.Of(r)),
        })
        { StatusCode = status };
    }

    private static IResult Done(HttpContext http, Guid id, string notice)
    {
        http.LeaveNotice(notice);
        return Results.LocalRedirect($"/office/payouts/{id}");
    }
}
