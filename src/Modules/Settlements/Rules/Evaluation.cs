using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>The target of an order as of an instant, or the refusal for which there is none.</summary>
internal sealed record Evaluation(Refusal? Refusal, Target Target)
{
    private static readonly Target Nothing = new([], [], Money.Zero, null);

    public static Evaluation Of(OrderToSettle order, Scheme scheme, Instant asOf, Zone zone)
    {
        if (!Terms(order, scheme).TryGet(out var terms, out var refusals)) return Refused(refusals[0]);
        if (!History.Of(order.OrderedAt, order.Facts).TryGet(out var history, out refusals)) return Refused(refusals[0]);
        return Target.Of(terms, history, asOf, zone).TryGet(out var target, out refusals) ? new(null, target) : Refused(refusals[0]);
    }

    // Settling has no texts; this module has them under its own name.
    private static Evaluation Refused(Refusal refusal) =>
        new(new(refusal.Code.Replace("settling.", "settlements.", StringComparison.Ordinal), refusal.Arguments), Nothing);

    /// <summary>The order as Settling sees it: with the ids of the system as its names.</summary>
    public static Result<Order> Terms(OrderToSettle order, Scheme scheme)
    {
        List<Seat> chain = [];
        foreach (var member in order.Chain)
        {
            if (!Seat.Of(Name(member.Id), scheme, member.Rates).TryGet(out var seat, out var refusals)) return refusals.ToList();
            chain.Add(seat);
        }
        return new Order(Name(order.Id), scheme, order.OrderedAt, [.. chain]) { Paid = order.Paid };
    }

    public static string Name<TId>(TId id) where TId : struct, IId<TId> => id.Value.ToString("D");
}
