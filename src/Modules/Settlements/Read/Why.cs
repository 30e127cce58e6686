using HaoSuan.Catalog;
using HaoSuan.Orders;
using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Settlements;

/// <summary>Tells why an order has brought what it has, by the same engine that books it (结算说明).</summary>
public sealed class Why(Db db, OrdersToSettle orders, Origins origins, Schemes schemes, TenantScope tenant, TimeProvider time)
{
    /// <param name="id">The order.</param>
    /// <param name="viewer">The distributor who looks; null for the operator. One who is not in the order's chain sees nothing.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<OrderWhy?> OfAsync(OrderId id, DistributorId? viewer, CancellationToken cancel = default)
    {
        if (await orders.OneAsync(id, cancel) is not { } order) return null;
        if (viewer is { } who && order.Chain.All(member => member.Id != who)) return null;
        var scheme = (await schemes.FindAsync(order.ProductId, order.SchemeVersion, cancel)).Scheme;
        var row = await db.SettledOrders.AsNoTracking().FirstOrDefaultAsync(o => o.OrderId == id, cancel);
        var booked = row is null ? Booked.Nothing : Booked.Of(row);
        var (refusal, target) = Evaluation.Of(order, scheme, time.Now, tenant.Zone);
        var named = NumberedFacts.Of(order);
        var facts = FactsOf(named, await origins.OfAsync(id, viewer is null ? Face.Office : Face.Agent, cancel));
        var explained = refusal is null ? Explain(named.Order, scheme, viewer, facts) : null;
        return new(
            id, order.OrderNo, order.ProductId, order.SchemeVersion, order.OrderedAt, time.Now, row?.State ?? SettlementState.None,
            (Sum(booked.Lines, State.Pending, viewer), Sum(booked.Lines, State.Available, viewer)),
            refusal is null && !Amounts(target.Lines).SetEquals(Amounts(booked.Lines)),
            refusal, explained?.EndedBy, explained?.Stages ?? [], explained?.Penalties ?? [], facts);
    }

    private Explained Explain(OrderToSettle named, Scheme scheme, DistributorId? viewer, IEnumerable<FactSeen> facts)
    {
        var terms = named.Terms(scheme).Value;
        var history = History.Of(named.OrderedAt, named.Facts).Value;
        var explanation = Explanation.Of(terms, history, time.Now, tenant.Zone).Value;
        return new(explanation, Words(), viewer is { } who ? OrderToSettle.Name(who) : null, facts);
    }

    private List<FactSeen> FactsOf(NumberedFacts named, IReadOnlyDictionary<FactId, Origin> from)
    {
        var order = named.Order;
        var known = History.Of(order.OrderedAt, order.Facts).TryGet(out var history, out _)
            ? history.KnownAt(time.Now).Select(f => f.Id).ToHashSet(StringComparer.Ordinal)
            : null;
        var words = Words();
        return [.. order.Facts.Select(f => new FactSeen(
            f.Id, words.Word(f.Kind) + (f.Of is { } of ? $" {of}" : ""), f.At, f.RecordedAt, f.Amount,
            known?.Contains(f.Id) == false && f.SeenFrom <= time.Now, from[named.Ids[f.Id]]))];
    }

    private Prose Words() => new(Language.Chinese, Currency.Cny, tenant.Zone, at => Moments.Text(at, tenant.Zone));

    private static HashSet<(LineKey, Money)> Amounts(IEnumerable<Line> lines) => [.. lines.Select(l => (l.Key, l.Amount))];

    private static Money Sum(IEnumerable<Line> lines, State state, DistributorId? viewer) =>
        SettlementStates.Sum(viewer is { } who ? lines.Where(l => l.Key.Distributor == OrderToSettle.Name(who)) : lines, state);
}
