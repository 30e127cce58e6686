using HaoSuan.Inventory;

namespace HaoSuan.Orders;

/// <summary>
/// Begins an after-sale (售后): the consumer asks for it on his order's page, or staff where he has called, or where the courier has told of a
/// refused or lost parcel; that then is a fact of the order, too. An order has one that is open at most.
/// </summary>
public sealed class AskAfterSale(Db db, AfterSaleDesk desk, Cards cards, TimeProvider time)
{
    private const string TypedByNobody = "用户在订单页申请";

    /// <summary>Staff begins it. Returns its number.</summary>
    public Task<Result<int>> ByOfficeAsync(
        OrderId order, AfterSaleKind kind, AfterSaleReason reason, string? evidence, CancellationToken cancel = default) =>
        db.InTransaction(async () => AfterSaleDesk.TextFault(evidence?.Trim() ?? "", isNeeded: true) is { } fault
            ? fault
            : await AskAsync(order, kind, reason, evidence!.Trim(), false, cancel), cancel);

    /// <summary>The consumer asks. He chooses a reason and writes nothing: what he might write would be personal.</summary>
    public Task<Result<int>> ByConsumerAsync(OrderId order, AfterSaleKind kind, AfterSaleReason reason, CancellationToken cancel = default) =>
        db.InTransaction(async () => AfterSaleRules.IsOfParcel(reason)
            ? new Refusal("orders.after_sale_reason").On("Reason")
            : await AskAsync(order, kind, reason, TypedByNobody, true, cancel), cancel);

    private async Task<Result<int>> AskAsync(
        OrderId id, AfterSaleKind kind, AfterSaleReason reason, string evidence, bool byConsumer, CancellationToken cancel)
    {
        if (await desk.LockAsync(id, cancel) is not { } order) return new Refusal("orders.unknown");
        if (await db.AfterSales.AnyAsync(a => a.OrderId == id && a.ClosedAt == null, cancel)) return new Refusal("orders.after_sale_open");
        if (AfterSaleRules.Fault(kind, reason, await desk.StandingAsync(order, cancel)) is { } fault)
            return fault.Code == "orders.after_sale_reason" ? fault.On("Reason") : fault.On("Kind");
        if (byConsumer && await InVainAsync(id, cancel) >= AfterSaleRules.MostInVain)
            return new Refusal("orders.after_sale_too_often", AfterSaleRules.MostInVain);
        var row = new AfterSaleRow
        {
            OrderId = id,
            Number = await db.AfterSales.CountAsync(a => a.OrderId == id, cancel) + 1,
            Kind = kind,
            Reason = reason,
            ByConsumer = byConsumer,
            Evidence = evidence,
            AskedAt = time.Now,
            OldIccid = (await cards.OfOrderAsync(id, cancel))?.Iccid ?? order.Iccid,
        };
        db.Add(row);
        if (reason == AfterSaleReason.ParcelLost) await desk.TellAsync(row, CardChanges.Lost, "parcel", evidence, cancel);
        else if (reason == AfterSaleReason.Refused && order.State != OrderState.Returned)
            await desk.TellAsync(row, "refused", "parcel", evidence, cancel);
        var told = new AfterSaleDesk.Told(new Dictionary<string, string> { ["type"] = $"{kind}", ["cause"] = $"{reason}" });
        await desk.WriteAsync(order, row, AfterSaleStep.Ask, AfterSaleState.Asked, evidence, told, byConsumer, cancel);
        return row.Number;
    }

    private Task<int> InVainAsync(OrderId order, CancellationToken cancel) => db.AfterSales.CountAsync(
        a => a.OrderId == order && a.ByConsumer && (a.State == AfterSaleState.Withdrawn || a.State == AfterSaleState.Declined), cancel);
}
