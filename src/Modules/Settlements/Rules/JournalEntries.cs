using HaoSuan.Ledger;
using HaoSuan.Orders;
using HaoSuan.Settling;
using Entry = HaoSuan.Ledger.Entry;

namespace HaoSuan.Settlements;

/// <summary>The journal entry of a difference: first one posting for each line, in their order, then the other sides.</summary>
internal static class JournalEntries
{
    public const string Settle = "settle";
    public const string Bonus = "bonus";

    /// <summary>What settling posts.</summary>
    public static readonly IReadOnlyList<string> Kinds = [Settle, Bonus];

    /// <summary>Null where nothing moves.</summary>
    /// <param name="order">The order.</param>
    /// <param name="count">The how-manieth entry of the order this is.</param>
    /// <param name="deltas">What distributors get.</param>
    /// <param name="upstream">What the upstream owes, by the stage's key: it labels the posting.</param>
    /// <param name="asOf">As of when it is settled.</param>
    public static Entry? OfOrder(
        OrderToSettle order, int count, IReadOnlyList<Delta> deltas, IReadOnlyList<(string Stage, Money Amount)> upstream, Instant asOf)
    {
        List<Posting> postings = [.. Owed(deltas), .. Costs(deltas)];
        postings.AddRange(upstream.Select(u => new Posting(Accounts.UpstreamReceivable(order.UpstreamId), u.Amount, u.Stage)));
        var income = upstream.Aggregate(Money.Zero, (sum, u) => sum + u.Amount);
        if (!income.IsZero) postings.Add(new(Accounts.UpstreamCommission, -income));
        return postings.Count == 0
            ? null
            : new(Settle, $"settle:{order.Id.Value}:{count}", asOf, order.OrderNo, postings, order.Id);
    }

    /// <summary>The bonuses of one distributor for one month.</summary>
    public static Entry OfBonus(DistributorId distributor, Month month, int count, IReadOnlyList<Delta> deltas, Instant asOf) =>
        new(Bonus, $"bonus:{month}:{distributor.Value}:{count}", asOf, $"{month}", [.. Owed(deltas), .. Costs(deltas)]);

    private static IEnumerable<Posting> Owed(IEnumerable<Delta> deltas) =>
        deltas.Select(d => new Posting(AccountOf(d.Distributor, d.Key.State), -d.Amount, LineLabel.Of(d.Key).ToString()));

    public static Account AccountOf(DistributorId distributor, State state) => state switch
    {
        State.Pending => Accounts.Pending(distributor),
        State.Available => Accounts.Available(distributor),
    };

    private static IEnumerable<Posting> Costs(IReadOnlyList<Delta> deltas)
    {
        var penalty = Delta.Sum(deltas.Where(d => d.Key.Role == Role.Penalty));
        var commission = Delta.Sum(deltas) - penalty;
        if (!commission.IsZero) yield return new(Accounts.Commission, commission);
        if (!penalty.IsZero) yield return new(Accounts.Penalty, penalty);
    }
}
