using System.Text.Json;
using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>The fact log (事实): the one way in which anything that happened to an order becomes known. Append-only.</summary>
public sealed class Facts(Db db, Outbox outbox, TimeProvider time)
{
    /// <summary>
    /// Records the fact, moves the order's states by rank and makes it due for everybody who visits orders. False where the source has told it
    /// before. Joins the caller's transaction.
    /// </summary>
    /// <exception cref="InvalidOperationException">The order is unknown, or a void withdraws nothing of it: a bug of the caller.</exception>
    public Task<bool> RecordAsync(NewFact fact, CancellationToken cancel = default) =>
        db.InTransaction(() => AppendAsync(fact, cancel), cancel);

    /// <summary>
    /// Withdraws what the source has told of the order under that name. False where it has told nothing, or has withdrawn it before.
    /// Joins the caller's transaction.
    /// </summary>
    public Task<bool> WithdrawAsync(OrderId order, string source, string sourceId, CancellationToken cancel = default) => db.InTransaction(async () =>
    {
        var told = await db.Facts.Where(f => f.OrderId == order && f.Source == source && f.SourceId == sourceId)
            .Select(f => (FactId?)f.Id).FirstOrDefaultAsync(cancel);
        return told is { } fact && await AppendAsync(new(order, FactKind.Void, time.Now, source, $"{sourceId}/void", Of: fact), cancel);
    }, cancel);

    private async Task<bool> AppendAsync(NewFact fact, CancellationToken cancel)
    {
        var order = await db.Orders.Where(o => o.Id == fact.OrderId).ForUpdate().SingleAsync(cancel);
        if (await db.Facts.AnyAsync(f => f.OrderId == fact.OrderId && f.Source == fact.Source && f.SourceId == fact.SourceId, cancel)) return false;
        var row = Row(fact);
        db.Add(row);
        var known = await db.Facts.AsNoTracking().Where(f => f.OrderId == order.Id).ToListAsync(cancel);
        var history = FactReading.History(order, known.Append(row));
        Apply(order, row, history);
        outbox.Publish(new FactRecorded(order.Id, fact.Kind));
        await db.SaveChangesAsync(cancel);
        if (order.ConfirmedAt is not null) await DueSet.Earlier.RunAsync(db, DueSet.ForAll(order.Id, row.RecordedAt), cancel);
        if (CardChanges.IsOfParcel(row.Kind) && CardChanges.IsOfFormerParcel(FactReading.Fact(row), history.KnownAt(Instant.MaxValue)))
            await AppendAsync(new(order.Id, FactKind.Void, time.Now, CardChanges.Source, $"{row.Id.Value}", Of: row.Id), cancel);
        return true;
    }

    private void Apply(OrderRow order, FactRow row, History history)
    {
        var progress = Progress.Of(order.Price.IsZero, order.Picked, history);
        (order.State, order.Network, order.Number, order.Iccid, order.Differs) =
            (progress.State, progress.Network, progress.Number, progress.Iccid, progress.Differs);
        order.FactCount++;
        if (row.Kind == "paid") order.Paid += row.Amount;
        if (row.Kind == "paid" && order.ConfirmedAt is null && order.State == OrderState.Confirmed)
        {
            order.ConfirmedAt = row.RecordedAt;
            outbox.Publish(new OrderConfirmed(order.Id));
        }
    }

    private FactRow Row(NewFact fact) => new()
    {
        Id = NewId.Of<FactId>(time),
        OrderId = fact.OrderId,
        Kind = fact.Kind,
        At = fact.At,
        RecordedAt = time.Now,
        Amount = fact.Amount ?? Money.Zero,
        Attributes = JsonSerializer.Serialize(fact.Attributes ?? new Dictionary<string, string>(), Json.Options),
        OfFact = fact.Of,
        Source = fact.Source,
        SourceId = fact.SourceId,
    };
}
