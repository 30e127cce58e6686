using HaoSuan.Inventory;
using HaoSuan.Payments;

namespace HaoSuan.Orders;

/// <summary>
/// Finance decides what a return gives back: everything that was paid, or less a stated deduction. Not before the card has been inspected: what
/// was found is what a deduction rests on.
/// </summary>
public sealed class RefundReturn(AfterSaleDesk desk, Cards cards, OrderMoney money, RequestRefund refunds)
{
    private const string Why = "退货退款";

    /// <param name="order">The order.</param>
    /// <param name="number">Of its after-sale.</param>
    /// <param name="deduction">What is kept; nothing where everything goes back.</param>
    /// <param name="reason">For what it is kept.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<AfterSaleState>> RunAsync(
        OrderId order, int number, Money deduction, string? reason, CancellationToken cancel = default) =>
        desk.RunAsync(order, number, AfterSaleStep.Refund, reason, async (o, row) =>
        {
            if (deduction < Money.Zero) return new Refusal("orders.after_sale_deduction").On("Deduction");
            if (deduction > Money.Zero && string.IsNullOrWhiteSpace(reason)) return new Refusal("orders.after_sale_deduction_reason").On("Text");
            if (row.OldIccid is { } iccid && await cards.FindAsync(iccid, cancel) is { State: CardState.Returned })
                return new Refusal("orders.after_sale_not_inspected", iccid);
            if (!(await BackAsync(o, number, deduction, cancel)).TryGet(out var back, out var refusals)) return refusals.ToList();
            (row.Deduction, row.Refunded) = (deduction, back);
            return new AfterSaleDesk.Told(
                deduction.IsZero ? null : new Dictionary<string, string> { ["deduction"] = Ui.YuanText.Of(deduction) }, back);
        }, false, cancel);

    private async Task<Result<Money>> BackAsync(OrderRow order, int number, Money deduction, CancellationToken cancel)
    {
        var isOwed = order.Paid > Money.Zero && !(await money.RefundedAsync([order.Id], cancel)).Contains(order.Id);
        if (!isOwed) return deduction.IsZero ? Money.Zero : new Refusal("orders.after_sale_nothing_to_deduct").On("Deduction");
        var back = await refunds.LessAsync(order.Id, deduction, Why, $"after-sale/{number}", cancel);
        return back.IsRefused ? back.Refusals[0].On("Deduction") : back;
    }
}
