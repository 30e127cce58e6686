using HaoSuan.Orders;
using HaoSuan.Settling;
using Entry = HaoSuan.Ledger.Entry;

namespace HaoSuan.Settlements;

/// <summary>What settling one order comes to: its entry and lines to post, and its rows as they stand afterwards.</summary>
internal sealed record Settlement(
    OrderToSettle Order, SettledOrderRow Row, IReadOnlyList<Line> Target, IReadOnlyList<SettledStageRow> Stages)
{
    public required IReadOnlyList<Delta> Deltas { get; init; }
    public required Instant? NextDueAt { get; init; }
    public required Entry? Entry { get; init; }

    /// <summary>The months whose cards count otherwise than before.</summary>
    public required IReadOnlyList<Month> TouchedMonths { get; init; }

    /// <summary>entries to post = target - booked. A refused order keeps what is booked: nothing of it is settled.</summary>
    public static Settlement Of(OrderToSettle order, Scheme scheme, Booked before, Instant asOf, Zone zone)
    {
        var (refusal, target) = Evaluation.Of(order, scheme, asOf, zone);
        var lines = refusal is null ? target.Lines.ToList() : [.. before.Lines];
        var stages = refusal is null ? [.. target.Earnings.Select((_, i) => StageOf(order, scheme, target, i, zone))] : before.Stages;
        var deltas = Delta.Between(lines, before.Lines);
        var upstream = stages.Aggregate(Money.Zero, (sum, stage) => sum + stage.Upstream);
        var entry = JournalEntries.OfOrder(order, before.Row.SettleCount + 1, deltas, upstream - before.Row.Upstream, asOf);
        var count = before.Row.SettleCount + (entry is null ? 0 : 1);
        return new(order, RowOf(order, lines, upstream, refusal, count, asOf), lines, stages)
        {
            Deltas = deltas,
            NextDueAt = target.NextDueAt,
            Entry = entry,
            TouchedMonths = [.. Counted(before.Stages).Except(Counted(stages)).Concat(Counted(stages).Except(Counted(before.Stages)))
                .Select(c => c.Month).Distinct()],
        };
    }

    public static SettledOrderRow RowOf(
        OrderToSettle order, IReadOnlyList<Line> lines, Money upstream, Refusal? refusal, int count, Instant asOf) => new()
    {
        OrderId = order.Id,
        OrderNo = order.OrderNo,
        ProductId = order.ProductId,
        SchemeVersion = order.SchemeVersion,
        UpstreamId = order.UpstreamId,
        SellerId = order.Chain[^1].Id,
        Paid = order.Paid,
        SettleCount = count,
        FactCount = order.FactCount,
        AsOf = asOf,
        State = refusal is null ? SettlementStates.Of(lines, count > 0) : SettlementState.Refused,
        Pending = SettlementStates.Sum(lines, Settling.State.Pending),
        Available = SettlementStates.Sum(lines, Settling.State.Available),
        Upstream = upstream,
        Refusal = refusal is null ? null : RefusalText.Write(refusal),
    };

    private static IEnumerable<(string Stage, Month Month)> Counted(IEnumerable<SettledStageRow> stages) =>
        stages.Where(s => s.Counts).Select(s => (s.Stage, s.Month));

    private static SettledStageRow StageOf(OrderToSettle order, Scheme scheme, Target target, int index, Zone zone)
    {
        var earning = target.Earnings[index];
        var isFirst = index == 0 || target.Earnings[index - 1].Stage != earning.Stage;
        return new()
        {
            OrderId = order.Id,
            Stage = scheme.Stages[earning.Stage].Key,
            Instance = earning.Instance,
            EarnedAt = earning.EarnedAt,
            ReleasesAt = earning.ReleasesAt,
            Month = Month.Of(zone.DateOf(earning.EarnedAt)),
            Upstream = earning.Upstream,
            Top = earning.Top,
            Counts = isFirst && earning.IsWorthSomething,
        };
    }
}

/// <summary>An order before it is settled: its row, its lines and its earned stages.</summary>
internal sealed record Booked(SettledOrderRow Row, IReadOnlyList<Line> Lines, IReadOnlyList<SettledStageRow> Stages);
