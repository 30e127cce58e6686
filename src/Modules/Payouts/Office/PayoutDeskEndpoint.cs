using HaoSuan.Distributors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Payouts;

/// <summary>Finance decides about payouts: <c>/office/payouts</c>.</summary>
internal sealed class PayoutDeskEndpoint(
    PayoutRecords payouts, Holds holds, PayoutTax taxes, Tree tree, TenantScope tenant, TimeProvider time, Texts texts)
{
    private const int Page = 100;

    public static Task<IResult> List(PayoutDeskEndpoint desk, PayoutStatus? status, CancellationToken cancel) => desk.ListAsync(status, [], cancel);

    /// <summary>Approves those that were ticked, each for itself: one that is refused stops none of the others, and is named with its reason.</summary>
    public static async Task<IResult> ApproveMany(
        PayoutStatus? status, IFormCollection form, PayoutDeskEndpoint desk, ApprovePayout approve, HttpContext http, CancellationToken cancel)
    {
        var ids = form["ids"].Select(id => Guid.TryParse(id, out var read) ? new PayoutId(read) : default).Distinct().Take(Page).ToList();
        if (ids.Count == 0) return await desk.ListAsync(status, [new Refusal("payouts.none_chosen")], cancel);
        List<Refusal> refused = [];
        foreach (var id in ids)
        {
            var result = await approve.RunAsync(id, cancel);
            if (result.IsRefused) refused.Add(await desk.NamedAsync(id, result.Refusals[0], cancel));
        }
        if (refused.Count > 0) return await desk.ListAsync(status, refused, cancel);
        http.LeaveNotice($"已通过 {ids.Count} 笔。");
        return Results.LocalRedirect($"/office/payouts?status={status}");
    }

    public static async Task<IResult> Detail(Guid id, PayoutDeskEndpoint desk, CancellationToken cancel) =>
        await desk.ShowAsync(new(id), [], null, cancel);

    public static async Task<IResult> Approve(Guid id, PayoutDeskEndpoint desk, ApprovePayout approve, HttpContext http, CancellationToken cancel) =>
        await desk.AnswerAsync(new(id), "approve", await approve.RunAsync(new(id), cancel), "已通过。", http, cancel);

    public static async Task<IResult> Reject(
        Guid id, PayoutDeskEndpoint desk, RejectPayout reject, HttpContext http, [FromForm] string? reason, CancellationToken cancel) =>
        await desk.AnswerAsync(new(id), "reject", await reject.RunAsync(new(id), reason ?? "", cancel), "已驳回，金额已退回可提现余额。", http, cancel);

    public static async Task<IResult> Invoice(
        Guid id, PayoutDeskEndpoint desk, MatchInvoice match, HttpContext http, [FromForm(Name = "invoice_no")] string? invoiceNo, CancellationToken cancel) =>
        await desk.AnswerAsync(new(id), "invoice", await match.RunAsync(new(id), invoiceNo ?? "", cancel), "已登记发票，可以通过了。", http, cancel);

    public static async Task<IResult> Retry(Guid id, PayoutDeskEndpoint desk, RetryPayout retry, HttpContext http, CancellationToken cancel) =>
        await desk.AnswerAsync(new(id), "retry", await retry.RunAsync(new(id), cancel), "已重新提交，用新的参考号付款；需要双人审核的，等另一位财务复核。", http, cancel);

    public static async Task<IResult> Bank(
        Guid id, PayoutDeskEndpoint desk, ConfirmPayment confirm, HttpContext http, [FromForm] string? outcome, [FromForm] string? note,
        CancellationToken cancel) =>
        await desk.AnswerAsync(
            new(id), "bank", await confirm.RunAsync(new(id), outcome == "paid", note ?? "", cancel),
            outcome == "paid" ? "已登记到账。" : "已登记失败，金额已退回可提现余额。", http, cancel);

    private async Task<IResult> ListAsync(PayoutStatus? status, List<Refusal> refusals, CancellationToken cancel)
    {
        var distributors = (await tree.AllAsync(cancel)).ToDictionary(d => d.Id);
        List<Tab> tabs = [new("全部", "/office/payouts", status is null)];
        tabs.AddRange(Enum.GetValues<PayoutStatus>().Select(s => new Tab(PayoutWords.Of(s), $"/office/payouts?status={s}", status == s)));
        var model = new PayoutDeskPage.View(await payouts.AllAsync(status, 0, Page, cancel), distributors, tabs, status)
        {
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
        };
        return new RazorComponentResult<PayoutDeskPage>(new { Model = model })
        {
            StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private async Task<Refusal> NamedAsync(PayoutId id, Refusal refusal, CancellationToken cancel) =>
        new("payouts.not_approved", (await payouts.FindAsync(id, cancel))?.Number ?? "", texts.Of(refusal));

    private async Task<IResult> AnswerAsync(PayoutId id, string form, Result<Done> result, string notice, HttpContext http, CancellationToken cancel)
    {
        if (result.IsRefused) return await ShowAsync(id, result.Refusals, form, cancel);
        http.LeaveNotice(notice);
        return Results.LocalRedirect($"/office/payouts/{id.Value}");
    }

    /// <param name="id">The payout.</param>
    /// <param name="refusals">What stood against what was sent.</param>
    /// <param name="form">Which form was sent.</param>
    /// <param name="cancel">Stops it.</param>
    private async Task<IResult> ShowAsync(PayoutId id, IReadOnlyList<Refusal> refusals, string? form, CancellationToken cancel)
    {
        if (await payouts.FindAsync(id, cancel) is not { } payout) return Results.NotFound();
        var isOpen = payout.Status is PayoutStatus.Requested or PayoutStatus.Checked or PayoutStatus.Approved;
        return new RazorComponentResult<PayoutPage>(new
        {
            Payout = payout,
            Name = (await tree.FindAsync(payout.DistributorId, cancel))?.Name ?? "",
            Held = isOpen && payout.SentAt is null ? await holds.OfAsync(payout.DistributorId, cancel) : null,
            WantsInvoice = isOpen && await taxes.KindAsync(payout.DistributorId, Month.Of(tenant.Zone.DateOf(time.Now)), cancel) == TaxKind.Company,
            Errors = FormErrors.Of(refusals, r => texts.Of(r)),
            Sent = form,
        })
        { StatusCode = refusals.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }
}
