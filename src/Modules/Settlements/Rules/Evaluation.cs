using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HaoSuan.Distributors;
using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>The target of an order as of an instant, or the refusal for which there is none.</summary>
internal sealed record Evaluation(Refusal? Refusal, Target Target)
{
    private static readonly Target Nothing = new([], [], Money.Zero, null);

    public static Evaluation Of(OrderToSettle order, Scheme scheme, Instant asOf, Zone zone) => new Evaluations(zone).Of(order, scheme, asOf);

    public static Evaluation Of(Target target) => new(null, target);

    // Settling has no texts; this module has them under its own name.
    public static Evaluation Refused(Refusal refusal) =>
        new(new(refusal.Code.Replace("settling.", "settlements.", StringComparison.Ordinal), refusal.Arguments), Nothing);
}

/// <summary>Evaluates many orders one after the other: chains that were seen before are not read again.</summary>
internal sealed class Evaluations(Zone zone)
{
    private const int MostChains = 50_000;
    private readonly Evaluator _evaluator = new(zone);
    private readonly Dictionary<(IReadOnlyList<ChainMember> Chain, Scheme Scheme), Result<ImmutableArray<Seat>>> _chains = new(ByIdentity.Instance);

    public Zone Zone => zone;

    public Evaluation Of(OrderToSettle order, Scheme scheme, Instant asOf)
    {
        if (!ChainOf(order, scheme).TryGet(out var chain, out var refusals)) return Evaluation.Refused(refusals[0]);
        if (!History.Of(order.OrderedAt, order.Facts).TryGet(out var history, out refusals)) return Evaluation.Refused(refusals[0]);
        var terms = new Order(OrderToSettle.Name(order.Id), scheme, order.OrderedAt, chain) { Paid = order.Paid };
        return _evaluator.Evaluate(terms, history, asOf) is { } refusal ? Evaluation.Refused(refusal) : Evaluation.Of(_evaluator.ToTarget());
    }

    private Result<ImmutableArray<Seat>> ChainOf(OrderToSettle order, Scheme scheme)
    {
        if (_chains.TryGetValue((order.Chain, scheme), out var known)) return known;
        if (_chains.Count >= MostChains) _chains.Clear();
        return _chains[(order.Chain, scheme)] =
            order.Terms(scheme).TryGet(out var terms, out var refusals) ? terms.Chain : refusals.ToList();
    }

    // Equal chains are one object where they come from one reader; comparing them by content would cost what is saved.
    private sealed class ByIdentity : IEqualityComparer<(IReadOnlyList<ChainMember> Chain, Scheme Scheme)>
    {
        public static readonly ByIdentity Instance = new();

        public bool Equals((IReadOnlyList<ChainMember> Chain, Scheme Scheme) x, (IReadOnlyList<ChainMember> Chain, Scheme Scheme) y) =>
            ReferenceEquals(x.Chain, y.Chain) && ReferenceEquals(x.Scheme, y.Scheme);

        public int GetHashCode((IReadOnlyList<ChainMember> Chain, Scheme Scheme) obj) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(obj.Chain), RuntimeHelpers.GetHashCode(obj.Scheme));
    }
}
