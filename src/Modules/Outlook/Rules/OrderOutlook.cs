using System.Collections.Immutable;
using HaoSuan.Orders;
using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;
using HaoSuan.Settling.Outlook;

namespace HaoSuan.Outlook;

/// <summary>What a warning is about within its order.</summary>
internal readonly record struct WarningKey(DeadlineKind Kind, string Stage, int Position)
{
    public static WarningKey Of(Deadline deadline) => deadline switch
    {
        Deadline.OfCondition d => new(d.Kind, d.Stage.Key, d.Index),
        Deadline.OfClawback d => new(d.Kind, "", d.Index),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>An order's deadlines and its forecast. One that cannot be settled has neither, one that has ended no deadlines.</summary>
internal sealed record OrderOutlook(ImmutableArray<Deadline> Deadlines, ImmutableArray<ForecastLine> Lines, Explanation? Explanation)
{
    private static readonly OrderOutlook Nothing = new([], [], null);

    public static OrderOutlook Of(OrderToSettle order, Scheme scheme, Instant asOf, Zone zone)
    {
        if (!order.Terms(scheme).TryGet(out var terms, out _) || !History.Of(order.OrderedAt, order.Facts).TryGet(out var history, out _)) return Nothing;
        if (!Explanation.Of(terms, history, asOf, zone).TryGet(out var explanation, out _)) return Nothing;
        return new(
            explanation.EndedBy is not null ? [] : Settling.Outlook.Deadlines.Of(terms, history, asOf, zone).Value,     // explained, so not refused
            Forecast.Of(terms, history, asOf, zone).TryGet(out var forecast, out _) ? forecast.Lines : [],
            explanation);
    }

    /// <summary>How a warning has ended that is not among the deadlines any more.</summary>
    public WarningOutcome OutcomeOf(WarningKey key)
    {
        if (Explanation is null) return WarningOutcome.Lifted;
        if (key.Kind == DeadlineKind.Clawback)
        {
            var rule = Explanation.Clawbacks[key.Position];
            return rule.Firing is not null ? WarningOutcome.Missed : rule.Until <= Explanation.AsOf ? WarningOutcome.Met : WarningOutcome.Lifted;
        }
        return Explanation.Stages.First(s => s.Stage.Key == key.Stage).Conditions[key.Position].Standing switch
        {
            Standing.Met or Standing.Due => WarningOutcome.Met,
            Standing.Broken or Standing.Over => WarningOutcome.Missed,
            _ => WarningOutcome.Lifted,
        };
    }
}
