using HaoSuan.Settling;
using HaoSuan.Settling.Outlook;

namespace HaoSuan.Outlook;

/// <summary>When an order has to be looked at again although nothing happens to it.</summary>
internal static class NextLook
{
    /// <summary>
    /// The next instant at which a deadline comes near, or at which the deadlines or the forecast may change because time passes.
    /// Null: only a new fact changes them.
    /// </summary>
    /// <param name="outlook">As of now.</param>
    /// <param name="facts">The order's facts: one that is dated ahead counts from then on.</param>
    /// <param name="now">The instant of the look.</param>
    /// <param name="notice">How long before a deadline it counts as near.</param>
    /// <param name="zone">Whose days count: a clawback may take less with every one of them.</param>
    public static Instant? Of(OrderOutlook outlook, IEnumerable<Fact> facts, Instant now, TimeSpan notice, Zone zone)
    {
        var tomorrow = zone.StartOf(zone.DateOf(now).AddDays(1));
        Instant[] changes =
        [
            .. outlook.Deadlines.Select(d => d.At - notice), .. outlook.Deadlines.Select(d => d.At),
            .. outlook.Deadlines.Where(d => d is Deadline.OfClawback && d.At <= now + notice).Select(_ => tomorrow),
            .. outlook.Lines.Select(l => l.Line.EarnedAt), .. outlook.Lines.Select(l => l.At),
            .. facts.Select(f => f.SeenFrom),
        ];
        return changes.Where(at => at > now).Select(at => (Instant?)at).Min();
    }
}
