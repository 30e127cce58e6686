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
    /// <param name="names">Those of the postings.</param>
    public static Entry? OfOrder(
        OrderToSettle order, int count, IReadOnlyList<Delta> deltas, IReadOnlyList<(string Stage, Money Amount)> upstream, Instant asOf,
        PostingNames names)
    {
        var postings = Distributed(deltas, names, room: upstream.Count + 1);
        if (upstream.Count > 0)
        {
            var receivable = Accounts.UpstreamReceivable(order.UpstreamId);
            postings.AddRange(upstream.Select(u => new Posting(receivable, u.Amount, u.Stage)));
        }
        var income = upstream.Aggregate(Money.Zero, (sum, u) => sum + u.Amount);
        if (!income.IsZero) postings.Add(new(Accounts.UpstreamCommission, -income));
        return postings.Count == 0
            ? null
            : new(Settle, $"settle:{order.Id.Value}:{count}", asOf, order.OrderNo, postings, order.Id);
    }

    /// <summary>The bonuses of one distributor for one month.</summary>
    public static Entry OfBonus(DistributorId distributor, Month month, int count, IReadOnlyList<Delta> deltas, Instant asOf, PostingNames names) =>
        new(Bonus, $"bonus:{month}:{distributor.Value}:{count}", asOf, $"{month}", Distributed(deltas, names, room: 0));

    /// <summary>What distributors get, and what it costs.</summary>
    private static List<Posting> Distributed(IReadOnlyList<Delta> deltas, PostingNames names, int room)
    {
        List<Posting> postings = new(deltas.Count + 2 + room);
        var (commission, penalty) = (Money.Zero, Money.Zero);
        foreach (var (key, amount) in deltas)
        {
            postings.Add(new(names.AccountOf(key), -amount, names.LabelOf(key)));
            if (key.Role == Role.Penalty) penalty += amount;
            else commission += amount;
        }
        if (!commission.IsZero) postings.Add(new(Accounts.Commission, commission));
        if (!penalty.IsZero) postings.Add(new(Accounts.Penalty, penalty));
        return postings;
    }
}
