using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Inventory;

namespace HaoSuan.Orders;

/// <summary>Cards of our stock that are elsewhere than their orders say, and orders under way whose card the stock does not have with them.</summary>
internal sealed class CardsAndOrders(Db db, CardsUnderWay cards, TimeProvider time) : ICompare
{
    private const int Together = 500;

    // The card follows what the order learns within seconds.
    private static readonly TimeSpan ToBeMoved = TimeSpan.FromMinutes(30);

    private static readonly CaseKind CardElsewhere = new("orders.case_card_elsewhere", Policies.Operations, TimeSpan.FromDays(1));
    private static readonly CaseKind WithoutCard = new("orders.case_without_card", Policies.Operations, TimeSpan.FromDays(1));

    public static IReadOnlyList<CaseKind> Kinds => [CardElsewhere, WithoutCard];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var state in new[] { CardState.Allocated, CardState.Shipped, CardState.Delivered })
        {
            for (var after = ""; await cards.InAsync(state, after, Together, cancel) is { Count: > 0 } some; after = some[^1].Iccid)
                foreach (var finding in await ElsewhereAsync(some, cancel)) yield return finding;
        }
        foreach (var state in new[] { OrderState.Shipped, OrderState.Delivered })
        {
            OrderId? last = null;
            while (await UnderWayAsync(state, last, cancel) is { Count: > 0 } some)
            {
                last = some[^1].Id;
                foreach (var finding in await WithoutCardAsync(some, cancel)) yield return finding;
            }
        }
    }

    private Task<List<OrderRow>> UnderWayAsync(OrderState state, OrderId? last, CancellationToken cancel) => db.Orders.AsNoTracking()
        .Where(o => o.State == state && o.Iccid != null).After(o => o.Id, last).OrderBy(o => o.Id).Take(Together).ToListAsync(cancel);

    private async Task<IReadOnlyList<Finding>> ElsewhereAsync(IReadOnlyList<Card> some, CancellationToken cancel)
    {
        var ids = some.Select(c => c.OrderId).OfType<OrderId>().ToList();
        var orders = await db.Orders.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var apart = some.Where(c => !CardRules.Agree(c.State, OrderOf(c)?.State)).ToList();
        var settled = await SettledAsync([.. apart.Select(c => c.OrderId).OfType<OrderId>()], cancel);
        return [.. apart.Where(c => c.OrderId is not { } id || settled.ContainsKey(id)).Select(c => new Finding(
            CardElsewhere, c.Iccid, c.Iccid, $"/office/cards/{c.Iccid}", c.OrderId is { } id && orders.ContainsKey(id) ? settled[id] : c.ReceivedAt,
            c.Iccid, OrderOf(c)?.OrderNo ?? "—"))];

        OrderRow? OrderOf(Card card) => card.OrderId is { } id ? orders.GetValueOrDefault(id) : null;
    }

    /// <summary>A card that is none of ours came from the upstream.</summary>
    private async Task<IReadOnlyList<Finding>> WithoutCardAsync(List<OrderRow> some, CancellationToken cancel)
    {
        var ours = await cards.FindAsync([.. some.Select(o => o.Iccid!)], cancel);
        var without = some.Where(o => ours.TryGetValue(o.Iccid!, out var card) && card.OrderId != o.Id).ToList();
        var settled = await SettledAsync(without.ConvertAll(o => o.Id), cancel);
        return [.. without.Where(o => settled.ContainsKey(o.Id)).Select(o => new Finding(
            WithoutCard, $"{o.Id.Value}", o.OrderNo, $"/office/orders/{o.Id.Value}", settled[o.Id], o.OrderNo, o.Iccid!))];
    }

    /// <summary>Those of the orders that have learned nothing new for a while, with when they last have; orders that are not there too.</summary>
    private async Task<IReadOnlyDictionary<OrderId, Instant>> SettledAsync(List<OrderId> orders, CancellationToken cancel)
    {
        var last = await db.Facts.Where(f => orders.Contains(f.OrderId))
            .GroupBy(f => f.OrderId).Select(g => new { g.Key, At = g.Max(f => f.RecordedAt) }).ToDictionaryAsync(f => f.Key, f => f.At, cancel);
        var until = time.Now - ToBeMoved;
        return orders.Distinct().Select(o => (o, last.GetValueOrDefault(o))).Where(o => o.Item2 <= until).ToDictionary();
    }
}
