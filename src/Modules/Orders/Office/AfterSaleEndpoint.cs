using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace HaoSuan.Orders;

/// <summary>What the office does with the after-sales of an order. What is refused comes back as the order's page.</summary>
internal sealed class AfterSaleEndpoint(OrdersEndpoint page, AskAfterSale ask, HandleAfterSale handle, SendCard send, RefundReturn refund)
{
    public static async Task<IResult> Ask(
        Guid id, [FromForm] AfterSalePanel.Input form, AfterSaleEndpoint desk, HttpContext http, CancellationToken cancel) =>
        await desk.DoneAsync(id, form with { Form = "ask" }, await desk.AskAsync(new(id), form, cancel), "售后单已开。", http, cancel);

    public static async Task<IResult> Step(
        Guid id, int number, [FromForm] AfterSalePanel.Input form, AfterSaleEndpoint desk, HttpContext http, CancellationToken cancel) =>
        await desk.DoneAsync(id, form with { Form = "step" }, await desk.StepAsync(new(id), number, form, cancel), "已记录。", http, cancel);

    public static async Task<IResult> Send(
        Guid id, int number, [FromForm] AfterSalePanel.Input form, AfterSaleEndpoint desk, HttpContext http, CancellationToken cancel) =>
        await desk.DoneAsync(id, form with { Form = "send" }, await desk.SendAsync(new(id), number, form, cancel), "新卡已寄出。", http, cancel);

    public static async Task<IResult> Refund(
        Guid id, int number, [FromForm] AfterSalePanel.Input form, AfterSaleEndpoint desk, HttpContext http, CancellationToken cancel) =>
        await desk.DoneAsync(
            id, form with { Form = "refund" }, await desk.RefundAsync(new(id), number, form, cancel), "退款已核定，款项原路退回。", http, cancel);

    public static async Task<IResult> Take(
        Guid id, int number, AfterSaleEndpoint desk, HttpContext http, CancellationToken cancel) =>
        await desk.DoneAsync(id, new(), await desk.TakeAsync(new(id), number, cancel), "这个售后单由您负责。", http, cancel);

    private Task<Result<int>> AskAsync(OrderId id, AfterSalePanel.Input form, CancellationToken cancel)
    {
        if (!Enum.TryParse<AfterSaleKind>(form.Kind, out var kind) || !Enum.IsDefined(kind))
            return Refused<int>(new Refusal("orders.after_sale_kind").On("Kind"));
        return Enum.TryParse<AfterSaleReason>(form.Reason, out var reason)
            ? ask.ByOfficeAsync(id, kind, reason, form.Text, cancel)
            : Refused<int>(new Refusal("orders.after_sale_reason").On("Reason"));
    }

    private Task<Result<AfterSaleState>> StepAsync(OrderId id, int number, AfterSalePanel.Input form, CancellationToken cancel) => form.Do switch
    {
        nameof(AfterSaleStep.Agree) => handle.AgreeAsync(id, number, form.Text, cancel),
        nameof(AfterSaleStep.Decline) => handle.DeclineAsync(id, number, form.Text, cancel),
        nameof(AfterSaleStep.Withdraw) => handle.WithdrawAsync(id, number, form.Text, cancel),
        nameof(AfterSaleStep.Receive) => handle.ReceiveAsync(id, number, form.Text, cancel),
        nameof(AfterSaleStep.GiveUp) => handle.GiveUpAsync(id, number, form.Text, cancel),
        _ => Refused<AfterSaleState>(new("orders.after_sale_step")),
    };

    private Task<Result<AfterSaleState>> SendAsync(OrderId id, int number, AfterSalePanel.Input form, CancellationToken cancel) =>
        send.RunAsync(id, number, new(form.Iccid, form.Courier, form.TrackingNo), form.Text, cancel);

    private Task<Result<AfterSaleState>> RefundAsync(OrderId id, int number, AfterSalePanel.Input form, CancellationToken cancel)
    {
        var deduction = Money.Zero;
        return string.IsNullOrWhiteSpace(form.Deduction) || YuanText.TryRead(form.Deduction, out deduction)
            ? refund.RunAsync(id, number, deduction, form.Text, cancel)
            : Refused<AfterSaleState>(new Refusal("orders.after_sale_deduction").On("Deduction"));
    }

    private Task<Result<Done>> TakeAsync(OrderId id, int number, CancellationToken cancel) => handle.TakeAsync(id, number, cancel);

    private static Task<Result<T>> Refused<T>(Refusal refusal) => Task.FromResult<Result<T>>(refusal);

    private async Task<IResult> DoneAsync<T>(
        Guid id, AfterSalePanel.Input form, Result<T> outcome, string notice, HttpContext http, CancellationToken cancel)
    {
        if (outcome.IsRefused) return await page.PageAsync(new(id), http, new() { AfterSale = form, AfterSales = outcome.Refusals }, cancel);
        http.LeaveNotice(notice);
        return TypedResults.LocalRedirect($"/office/orders/{id}");
    }
}
