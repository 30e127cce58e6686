using System.Globalization;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Payments;

/// <summary>Vouchers, searched, and one with the message that told of it: <c>/office/vouchers</c>.</summary>
internal static class VouchersEndpoint
{
    private const int PerPage = 50;

    public static async Task<IResult> List(
        [AsParameters] VoucherSearch typed, int? page, ReadVouchers vouchers, PaymentChannels channels, TenantScope tenant, CancellationToken cancel)
    {
        var number = Math.Max(1, page ?? 1);
        var filter = new VoucherFilter(
            typed.Q, string.IsNullOrEmpty(typed.Channel) ? null : typed.Channel,
            Enum.TryParse<VoucherKind>(typed.Kind, out var kind) ? kind : null,
            StartOf(typed.From, tenant, 0), StartOf(typed.Until, tenant, 1), Yuan(typed.Least), Yuan(typed.Most));
        var found = await vouchers.FindAsync(filter, (number - 1) * PerPage, PerPage + 1, cancel);
        return new RazorComponentResult<VouchersPage>(new
        {
            Model = new VouchersPage.View([.. found.Take(PerPage)], [.. channels.Names], typed, number, found.Count > PerPage ? number + 1 : number),
        });
    }

    public static Task<IResult> Detail(long number, ReadVouchers vouchers, Users users, TimeProvider time, CancellationToken cancel) =>
        ShowAsync(number, vouchers, users, Empty(time), FormErrors.None, cancel);

    /// <summary>Gives back a part of the voucher's payment; the form's key keeps it from doing so twice.</summary>
    public static async Task<IResult> Refund(
        long number, [FromForm] RefundForm form, ReadVouchers vouchers, Users users, RequestRefund request, Texts texts, HttpContext http,
        CancellationToken cancel)
    {
        if (await vouchers.OfAsync(number, cancel) is not { PaymentId: { } payment }) return Results.NotFound();
        if (string.IsNullOrWhiteSpace(form.Key) || form.Key.Length > 36) return Results.BadRequest();
        var result = YuanText.TryRead(form.Amount, out var amount)
            ? await request.ByOfficeAsync(payment, amount, form.Reason, form.Key, cancel)
            : new Refusal("payments.amount_unreadable").On("amount");
        if (result.IsRefused) return await ShowAsync(number, vouchers, users, form, FormErrors.Of(result.Refusals, r => texts.Of(r)), cancel);
        http.LeaveNotice($"已提交退款 {YuanText.Of(result.Value)}，渠道确认后生成退款凭证。");
        return Results.LocalRedirect($"/office/vouchers/{number}");
    }

    /// <summary>Money of another amount than was asked for: what waits for a decision, and what was decided.</summary>
    public static async Task<IResult> Disputed(int? page, Disputes disputes, CancellationToken cancel)
    {
        var number = Math.Max(1, page ?? 1);
        var found = await disputes.ListAsync((number - 1) * PerPage, PerPage + 1, cancel);
        return new RazorComponentResult<DisputesPage>(new
        {
            Found = (IReadOnlyList<Dispute>)[.. found.Take(PerPage)],
            Page = number,
            Pages = found.Count > PerPage ? number + 1 : number,
        });
    }

    public static async Task<IResult> Decide(
        long number, [FromForm] DisputeForm form, ReadVouchers vouchers, Users users, DecideDispute decide, TimeProvider time, Texts texts, HttpContext http,
        CancellationToken cancel)
    {
        if (await vouchers.OfAsync(number, cancel) is not { Dispute: { } dispute }) return Results.NotFound();
        var result = Enum.TryParse<DisputeDecision>(form.Decision, out var decision) && Enum.IsDefined(decision)
            ? await decide.RunAsync(dispute.PaymentId, decision, form.Reason, cancel)
            : new Refusal("payments.decision_missing").On("decision");
        if (result.IsRefused)
            return await ShowAsync(number, vouchers, users, Empty(time), FormErrors.Of(result.Refusals, r => texts.Of(r)), cancel, form);
        http.LeaveNotice(decision switch
        {
            DisputeDecision.Accept => $"已收下 {YuanText.Of(dispute.Received)}，继续办理。",
            DisputeDecision.GiveBack => $"已提交退款 {YuanText.Of(dispute.Received)}，渠道确认后生成退款凭证。",
            DisputeDecision.Keep => "已登记原因，这笔钱仍然挂账。",
        });
        return Results.LocalRedirect($"/office/vouchers/{number}");
    }

    private static async Task<IResult> ShowAsync(
        long number, ReadVouchers vouchers, Users users, RefundForm form, FormErrors errors, CancellationToken cancel, DisputeForm? decided = null) =>
        await vouchers.OfAsync(number, cancel) is { } found
            ? new RazorComponentResult<VoucherPage>(new
            {
                Model = found,
                People = await users.NamesAsync(cancel),
                Form = form,
                Errors = errors,
                Decided = decided ?? new DisputeForm(null, null),
            })
            {
                StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            }
            : Results.NotFound();

    public static async Task<IResult> Message(long number, ReadVouchers vouchers, Users users, TimeProvider time, CancellationToken cancel) =>
        await vouchers.OfAsync(number, cancel) is { HasMessage: true } found
            ? new RazorComponentResult<VoucherPage>(new
            {
                Model = found,
                People = await users.NamesAsync(cancel),
                Form = Empty(time),
                Message = await vouchers.MessageAsync(number, cancel),
            })
            : Results.NotFound();

    private static RefundForm Empty(TimeProvider time) => new(null, null, $"{Guid.CreateVersion7(time.GetUtcNow())}");

    private static Instant? StartOf(string? date, TenantScope tenant, int daysLater) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? tenant.Zone.StartOf(day.AddDays(daysLater))
            : null;

    private static Money? Yuan(string? text) => YuanText.TryRead(text, out var amount) ? amount : null;
}
