using HaoSuan.Inventory;

namespace HaoSuan.Orders;

/// <summary>The steps of an after-sale that send nothing and pay nothing. Each returns where the after-sale stands then.</summary>
public sealed class HandleAfterSale(Db db, AfterSaleDesk desk, Cards cards, Audit audit, Actor actor)
{
    private const string ByConsumer = "用户撤销";

    /// <param name="order">The order.</param>
    /// <param name="number">Of its after-sale.</param>
    /// <param name="answer">What the consumer is told: where to send the card, for example.</param>
    /// <param name="cancel">Stops it.</param>
    public Task<Result<AfterSaleState>> AgreeAsync(OrderId order, int number, string? answer, CancellationToken cancel = default) =>
        desk.RunAsync(order, number, AfterSaleStep.Agree, answer, NothingElse, false, cancel);

    /// <summary>The operator does not do it, and says why.</summary>
    public Task<Result<AfterSaleState>> DeclineAsync(OrderId order, int number, string? reason, CancellationToken cancel = default) =>
        desk.RunAsync(order, number, AfterSaleStep.Decline, reason, NothingElse, false, cancel);

    /// <summary>It is not wanted any more, or cannot be done. What was told of the parcel with it, and by nobody else, is taken back.</summary>
    public Task<Result<AfterSaleState>> WithdrawAsync(OrderId order, int number, string? reason, CancellationToken cancel = default) =>
        desk.RunAsync(order, number, AfterSaleStep.Withdraw, reason, (o, row) => TakeBackAsync(o, row, cancel), false, cancel);

    /// <summary>The consumer does not want it any more. Once the operator has agreed, he calls: a card may be on its way.</summary>
    public Task<Result<AfterSaleState>> WithdrawByConsumerAsync(OrderId order, int number, CancellationToken cancel = default) =>
        desk.RunAsync(order, number, AfterSaleStep.Withdraw, ByConsumer, (_, row) => Task.FromResult<Result<AfterSaleDesk.Told>>(
            row.State == AfterSaleState.Asked ? AfterSaleDesk.Told.Nothing : new Refusal("orders.after_sale_being_done")), true, cancel);

    /// <summary>The consumer has sent the old card, and tells once by which parcel.</summary>
    public Task<Result<AfterSaleState>> SendBackByConsumerAsync(
        OrderId order, int number, string? courier, string? trackingNo, CancellationToken cancel = default) =>
        desk.RunAsync(order, number, AfterSaleStep.SendBack, null, (_, row) => Task.FromResult(SentBack(row, courier, trackingNo)), true, cancel);

    /// <summary>The old card is back: from our stock, it waits for its inspection (退回待检).</summary>
    public Task<Result<AfterSaleState>> ReceiveAsync(OrderId order, int number, string? evidence, CancellationToken cancel = default) =>
        desk.RunAsync(order, number, AfterSaleStep.Receive, evidence, (o, row) => LeaveAsync(o, row, CardState.Returned, evidence!, cancel), false, cancel);

    /// <summary>The old card will not come back.</summary>
    public Task<Result<AfterSaleState>> GiveUpAsync(OrderId order, int number, string? evidence, CancellationToken cancel = default) =>
        desk.RunAsync(order, number, AfterSaleStep.GiveUp, evidence, (o, row) => LeaveAsync(o, row, CardState.Lost, evidence!, cancel), false, cancel);

    /// <summary>Somebody takes it (认领), also from a colleague.</summary>
    public Task<Result<Done>> TakeAsync(OrderId order, int number, CancellationToken cancel = default) => db.InTransaction<Result<Done>>(async () =>
    {
        if (await db.AfterSales.Where(a => a.OrderId == order && a.Number == number).ForUpdate().FirstOrDefaultAsync(cancel) is not { } row)
            return new Refusal("orders.after_sale_unknown");
        if (row.ClosedAt is not null) return new Refusal("orders.after_sale_ended");
        row.Owner = actor.Name;
        audit.Record("after-sale.taken", $"order:{order.Value}", $"{number}");
        return default(Done);
    }, cancel);

    private static Result<AfterSaleDesk.Told> SentBack(AfterSaleRow row, string? courier, string? trackingNo)
    {
        if (row.ParcelBack is not null) return new Refusal("orders.after_sale_told_already");
        var (by, no) = (courier?.Trim() ?? "", trackingNo?.Trim().ToUpperInvariant() ?? "");
        // Of what he types nothing but a tracking number is kept: anything else might be personal.
        if (Parcel.Faults(Parcel.Couriers.Contains(by) ? by : "", no) is { Count: > 0 } faults) return faults.ToList();
        row.ParcelBack = $"{by} {no}";
        return new AfterSaleDesk.Told(new Dictionary<string, string> { ["parcel_back"] = row.ParcelBack });
    }

    private async Task<Result<AfterSaleDesk.Told>> TakeBackAsync(OrderRow order, AfterSaleRow row, CancellationToken cancel)
    {
        var told = (await desk.KnownAsync(order, cancel)).Where(f => CardChanges.IsOfParcel(f.Kind) && AfterSaleFacts.IsOf(row.Number, f));
        await desk.TakeBackAsync(row, told, AfterSaleWords.Of(AfterSaleState.Withdrawn, row.Kind), cancel);
        return AfterSaleDesk.Told.Nothing;
    }

    private static Task<Result<AfterSaleDesk.Told>> NothingElse(OrderRow order, AfterSaleRow row) =>
        Task.FromResult<Result<AfterSaleDesk.Told>>(AfterSaleDesk.Told.Nothing);

    /// <summary>The card goes where it is, unless it was seen there before: by the courier's report, or by a stocktake.</summary>
    private async Task<Result<AfterSaleDesk.Told>> LeaveAsync(OrderRow order, AfterSaleRow row, CardState to, string evidence, CancellationToken cancel)
    {
        var isOut = row.OldIccid is { } iccid && await cards.FindAsync(iccid, cancel) is { } card
            && (card.State == CardState.Recalled || card.OrderId == order.Id);
        if (!isOut) return AfterSaleDesk.Told.Nothing;
        var moved = await cards.MoveAsync(row.OldIccid!, to, evidence.Trim(), cancel);
        return moved.IsRefused ? moved.Refusals.ToList() : AfterSaleDesk.Told.Nothing;
    }
}
