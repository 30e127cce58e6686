using HaoSuan.Payments;
using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>
/// What every step of an after-sale has in common: the order is locked, the rules allow the step, and what it does, its fact, the case and
/// the news of it are one transaction.
/// </summary>
public sealed class AfterSaleDesk(Db db, Facts facts, OrderMoney money, Outbox outbox, Audit audit, Actor actor, TimeProvider time)
{
    /// <summary>What a step has brought, as its fact tells it.</summary>
    internal sealed record Told(IReadOnlyDictionary<string, string>? Attributes = null, Money Amount = default)
    {
        public static readonly Told Nothing = new();
    }

    /// <param name="id">The order.</param>
    /// <param name="number">Of its after-sale.</param>
    /// <param name="step">What is done.</param>
    /// <param name="text">Evidence, reason or what the consumer is told. The consumer himself gives none.</param>
    /// <param name="act">What the step does besides.</param>
    /// <param name="byConsumer">The consumer does it.</param>
    /// <param name="cancel">Stops it.</param>
    internal Task<Result<AfterSaleState>> RunAsync(
        OrderId id, int number, AfterSaleStep step, string? text, Func<OrderRow, AfterSaleRow, Task<Result<Told>>> act, bool byConsumer,
        CancellationToken cancel) =>
        db.InTransaction<Result<AfterSaleState>>(async () =>
        {
            if (await LockAsync(id, cancel) is not { } order) return new Refusal("orders.unknown");
            if (await db.AfterSales.FirstOrDefaultAsync(a => a.OrderId == id && a.Number == number, cancel) is not { } row)
                return new Refusal("orders.after_sale_unknown");
            var words = text?.Trim() ?? "";
            if (!AfterSaleRules.After(row.Kind, row.Reason, row.State, step).TryGet(out var state, out var refusals)) return refusals.ToList();
            if (AfterSaleRules.Fault(row.Kind, row.Reason, step, await StandingAsync(order, cancel)) is { } fault) return fault;
            if (TextFault(words, isNeeded: IsExplained(step)) is { } wordless) return wordless;
            if (!(await act(order, row)).TryGet(out var told, out refusals)) return refusals.ToList();
            await WriteAsync(order, row, step, state, words, told, byConsumer, cancel);
            return state;
        }, cancel);

    internal Task<OrderRow?> LockAsync(OrderId id, CancellationToken cancel) => db.Orders.Where(o => o.Id == id).ForUpdate().FirstOrDefaultAsync(cancel);

    internal async Task<OrderStanding> StandingAsync(OrderRow order, CancellationToken cancel) => new(
        order.State, order.Network,
        await db.AfterSales.AnyAsync(a => a.OrderId == order.Id && a.Kind == AfterSaleKind.Return && a.State == AfterSaleState.Done, cancel),
        order.Paid > Money.Zero && (await money.RefundedAsync([order.Id], cancel)).Contains(order.Id));

    internal async Task<IReadOnlyList<Fact>> KnownAsync(OrderRow order, CancellationToken cancel) =>
        FactReading.History(order, await db.Facts.AsNoTracking().Where(f => f.OrderId == order.Id).ToListAsync(cancel)).KnownAt(Instant.MaxValue);

    /// <summary>A fact of the after-sale that is none of its steps, like what became of the parcel.</summary>
    internal Task TellAsync(AfterSaleRow row, string kind, string name, string evidence, CancellationToken cancel, FactId? of = null) =>
        facts.RecordAsync(new(row.OrderId, kind, time.Now, SourceOf(false), $"{row.Number}/{name}", Attributes: new Dictionary<string, string>
        {
            [AfterSaleFacts.Number] = $"{row.Number}",
            ["evidence"] = evidence,
        }, Of: of), cancel);

    /// <summary>Takes facts back, for settlement as for everybody else: a void of each, named by its place among them.</summary>
    internal async Task TakeBackAsync(AfterSaleRow row, IEnumerable<Fact> facts, string why, CancellationToken cancel)
    {
        foreach (var (i, fact) in facts.Index())
            await TellAsync(row, FactKind.Void, $"void/{i + 1}", why, cancel, new FactId(Guid.Parse(fact.Id)));
    }

    private static bool IsExplained(AfterSaleStep step) =>
        step is not (AfterSaleStep.Agree or AfterSaleStep.Send or AfterSaleStep.SendBack or AfterSaleStep.Refund);

    internal static Refusal? TextFault(string text, bool isNeeded) => text.Length > AfterSaleRules.LongestText || (isNeeded && text.Length == 0)
        ? new Refusal("orders.after_sale_text", AfterSaleRules.LongestText).On("Text")
        : null;

    internal async Task WriteAsync(
        OrderRow order, AfterSaleRow row, AfterSaleStep step, AfterSaleState state, string text, Told told, bool byConsumer, CancellationToken cancel)
    {
        var now = time.Now;
        row.State = state;
        row.DueAt = now + AfterSaleRules.Within(row.Kind, state);
        if (state is AfterSaleState.Done or AfterSaleState.Declined or AfterSaleState.Withdrawn) row.ClosedAt = now;
        if (step is AfterSaleStep.Agree or AfterSaleStep.Decline or AfterSaleStep.Refund && text.Length > 0) row.Answer = text;
        // The refund is finance's: nobody there has it yet.
        if (!byConsumer) row.Owner = state == AfterSaleState.Back ? null : row.Owner ?? actor.Name;
        Dictionary<string, string> attributes = new() { [AfterSaleFacts.Number] = $"{row.Number}" };
        foreach (var (name, value) in told.Attributes ?? new Dictionary<string, string>()) attributes[name] = value;
        if (text.Length > 0) attributes["evidence"] = text;
        audit.Record($"after-sale.{step}".ToLowerInvariant(), $"order:{order.Id.Value}", $"{row.Number}");
        outbox.Publish(new AfterSaleMoved(order.Id, order.OrderNo, order.Seller, row.Kind, state, Who(byConsumer)));
        await facts.RecordAsync(
            new(order.Id, AfterSaleFacts.KindOf(row.Kind, step), now, SourceOf(byConsumer), $"{row.Number}/{step}", told.Amount, attributes), cancel);
    }

    private string Who(bool byConsumer) => byConsumer ? AfterSaleFacts.Consumer : actor.Name;

    private string SourceOf(bool byConsumer) => $"{AfterSaleFacts.Source}:{Who(byConsumer)}";
}
