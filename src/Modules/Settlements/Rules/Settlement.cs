using HaoSuan.Distributors;
using HaoSuan.Orders;
using HaoSuan.Settling;
using Entry = HaoSuan.Ledger.Entry;

namespace HaoSuan.Settlements;

/// <summary>What settling one order comes to: its entry to post, and its row as it stands afterwards.</summary>
internal sealed record Settlement(SettledOrderRow Row, IReadOnlyList<ChainMember> Chain, IReadOnlyList<BookedStage> Stages)
{
    public required Booked Before { get; init; }
    public required IReadOnlyList<Line> Lines { get; init; }
    public required IReadOnlyList<Delta> Deltas { get; init; }
    public required Instant? NextDueAt { get; init; }
    public required Entry? Entry { get; init; }

    /// <summary>entries to post = target - booked. A refused order keeps what is booked: nothing of it is settled.</summary>
    public static Settlement Of(OrderToSettle order, Scheme scheme, Booked before, Instant asOf, Evaluations evaluations, PostingNames names)
    {
        var (refusal, target) = evaluations.Of(order, scheme, asOf);
        var lines = refusal is null ? target.Lines.ToList() : [.. before.Lines];
        var stages = refusal is null ? StagesOf(scheme, target) : before.Stages;
        var deltas = Delta.Between(lines, before.Lines);
        var upstream = stages.Aggregate(Money.Zero, (sum, stage) => sum + stage.Upstream);
        var entry = JournalEntries.OfOrder(order, before.SettleCount + 1, deltas, UpstreamDeltas(stages, before.Stages), asOf, names);
        var count = before.SettleCount + (entry is null ? 0 : 1);
        return new(RowOf(order, lines, stages, upstream, refusal, count, asOf), order.Chain, stages)
        {
            Before = before,
            Lines = lines,
            Deltas = deltas,
            NextDueAt = target.NextDueAt,
            Entry = entry,
        };
    }

    /// <summary>What is earned, as it is booked.</summary>
    public static IReadOnlyList<BookedStage> StagesOf(Scheme scheme, Target target) => [.. target.Earnings.Select((_, i) => StageOf(scheme, target, i))];

    private static List<(string Stage, Money Amount)> UpstreamDeltas(IReadOnlyList<BookedStage> target, IReadOnlyList<BookedStage> booked) =>
    [
        .. target.Select(s => (s.Stage, Amount: s.Upstream)).Concat(booked.Select(s => (s.Stage, Amount: -s.Upstream)))
            .GroupBy(s => s.Stage).Select(g => (g.Key, g.Aggregate(Money.Zero, (sum, s) => sum + s.Amount))).Where(d => !d.Item2.IsZero),
    ];

    private static SettledOrderRow RowOf(
        OrderToSettle order, List<Line> lines, IReadOnlyList<BookedStage> stages, Money upstream, Refusal? refusal, int count, Instant asOf) => new()
        {
            OrderId = order.Id,
            OrderNo = order.OrderNo,
            ProductId = order.ProductId,
            SchemeVersion = order.SchemeVersion,
            UpstreamId = order.UpstreamId,
            Paid = order.Paid,
            SettleCount = count,
            FactCount = order.FactCount,
            AsOf = asOf,
            State = refusal is null ? SettlementStates.Of(lines, count > 0) : SettlementState.Refused,
            Pending = SettlementStates.Sum(lines, Settling.State.Pending),
            Available = SettlementStates.Sum(lines, Settling.State.Available),
            Upstream = upstream,
            Refusal = refusal is null ? null : RefusalText.Write(refusal),
            Booked = BookedBytes.Write(lines, stages),
        };

    private static BookedStage StageOf(Scheme scheme, Target target, int index)
    {
        var earning = target.Earnings[index];
        var isFirst = index == 0 || target.Earnings[index - 1].Stage != earning.Stage;
        return new(
            scheme.Stages[earning.Stage].Key, earning.Instance, earning.EarnedAt, earning.ReleasesAt, earning.Upstream, earning.Top, isFirst);
    }
}

/// <summary>An order before it is settled: what is booked for it.</summary>
internal sealed record Booked(
    IReadOnlyList<Line> Lines, IReadOnlyList<BookedStage> Stages, int SettleCount, Money Paid, Money Upstream, Instant AsOf)
{
    public static readonly Booked Nothing = new([], [], 0, Money.Zero, Money.Zero, Instant.MinValue);

    public static Booked Of(SettledOrderRow row) => Of(new BookedRow
    {
        OrderId = row.OrderId.Value,
        SettleCount = row.SettleCount,
        Paid = row.Paid.Minor,
        Upstream = row.Upstream.Minor,
        AsOf = row.AsOf.Microseconds,
        Booked = row.Booked,
    });

    public static Booked Of(BookedRow row)
    {
        var (lines, stages) = BookedBytes.Read(row.Booked, OrderId.From(row.OrderId));
        return new(lines, stages, row.SettleCount, new(row.Paid), new(row.Upstream), new(row.AsOf));
    }
}
