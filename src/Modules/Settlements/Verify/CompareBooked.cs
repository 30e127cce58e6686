using HaoSuan.Ledger;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>What is kept as booked with the ledger: under each key it is the sum of its postings, and so are an order's figures.</summary>
internal sealed class CompareBooked(Db db, Books books)
{
    private const int Chunk = 1_000;
    private readonly PostingNames _names = new();

    public async Task<List<Refusal>> FindAsync(CancellationToken cancel)
    {
        var findings = await BonusesAsync(cancel);
        var (count, after) = (0L, default(OrderId?));
        while (await PageAsync(after, cancel) is { Count: > 0 } orders)
        {
            after = orders[^1].OrderId;
            var entries = (await books.OfOrdersAsync([JournalEntries.Settle], orders.ConvertAll(o => o.OrderId), cancel)).ToLookup(e => e.OrderId);
            foreach (var order in orders) findings.AddRange(Compare(order, [.. entries[order.OrderId]]));
            count += orders.Sum(o => (long)o.SettleCount);
        }
        if (await books.CountAsync([JournalEntries.Settle], cancel) is var posted && posted != count)
            findings.Add(new("settlements.entries_differ", posted, count));
        return findings;
    }

    private Task<List<SettledOrderRow>> PageAsync(OrderId? after, CancellationToken cancel) =>
        db.SettledOrders.AsNoTracking().After(o => o.OrderId, after).OrderBy(o => o.OrderId).Take(Chunk).ToListAsync(cancel);

    private IEnumerable<Refusal> Compare(SettledOrderRow order, IReadOnlyList<PostedEntry> entries)
    {
        var booked = Booked.Of(order);
        var sums = new Dictionary<Posting, Int128>();
        foreach (var line in booked.Lines) Add(sums, Key(line), line.Amount);
        foreach (var posting in Owed(entries)) Add(sums, posting with { Amount = default }, posting.Amount);
        foreach (var (key, difference) in sums.Where(s => s.Value != 0))
        {
            yield return new("settlements.booked_differs", order.OrderNo, LineLabel.Parse(key.Label).Stage, key.Account.Code, Amount(difference));
        }
        var upstream = entries.SelectMany(e => e.Postings).Where(p => p.Account == Accounts.UpstreamReceivable(order.UpstreamId))
            .Aggregate((Int128)0, (sum, p) => sum + p.Amount.Minor);
        if (order.Pending != SettlementStates.Sum(booked.Lines, State.Pending)
            || order.Available != SettlementStates.Sum(booked.Lines, State.Available)
            || order.Upstream.Minor != upstream
            || order.Upstream != booked.Stages.Aggregate(Money.Zero, (sum, s) => sum + s.Upstream))
        {
            yield return new("settlements.figures_differ", order.OrderNo);
        }
    }

    private async Task<List<Refusal>> BonusesAsync(CancellationToken cancel)
    {
        var sums = new Dictionary<Posting, Int128>();
        foreach (var line in await db.BonusLines.AsNoTracking().ToListAsync(cancel)) Add(sums, Key(line.ToLine()), line.Amount);
        var after = -1L;
        while (await books.WalkAsync([JournalEntries.Bonus], after, Chunk, cancel) is { Count: > 0 } entries)
        {
            foreach (var posting in Owed(entries)) Add(sums, posting with { Amount = default }, posting.Amount);
            after = entries[^1].Id;
        }
        return [.. from sum in sums
                   where sum.Value != 0
                   let label = LineLabel.Parse(sum.Key.Label)
                   select new Refusal("settlements.bonus_differs", label.Instance, label.Stage, sum.Key.Account.Code, Amount(sum.Value))];
    }

    // A credit to the distributor is what a line says: the two cancel out.
    private static IEnumerable<Posting> Owed(IEnumerable<PostedEntry> entries) =>
        entries.SelectMany(e => e.Postings).Where(p => Accounts.DistributorOf(p.Account) is not null);

    private Posting Key(Line line) => new(_names.AccountOf(line.Key), default, _names.LabelOf(line.Key));

    private static void Add(Dictionary<Posting, Int128> sums, Posting key, Money amount) =>
        sums[key] = sums.GetValueOrDefault(key) + amount.Minor;

    private static object Amount(Int128 minor) =>
        minor >= long.MinValue && minor <= long.MaxValue ? new Money((long)minor) : minor;
}
