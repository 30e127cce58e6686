using System.Collections.Immutable;

namespace HaoSuan.Settling.Cases;

public sealed record Balance(string Distributor, Money Pending, Money Available);

/// <summary>What a case comes to at one instant.</summary>
/// <param name="Lines">The target, sorted by key.</param>
/// <param name="Entries">The target less what the instant before had booked.</param>
public sealed record Settlement(Instant AsOf, ImmutableArray<Line> Lines, ImmutableArray<Entry> Entries, Money Upstream)
{
    public Money Commission => Lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount);

    public Money Margin => Upstream - Commission;

    /// <summary>What each distributor has, sorted; who has nothing at all is left out.</summary>
    public IEnumerable<Balance> Balances =>
        Lines.GroupBy(line => line.Key.Distributor, StringComparer.Ordinal)
            .OrderBy(lines => lines.Key, StringComparer.Ordinal)
            .Select(lines => new Balance(lines.Key, Sum(lines, State.Pending), Sum(lines, State.Available)))
            .Where(balance => !balance.Pending.IsZero || !balance.Available.IsZero);

    private static Money Sum(IEnumerable<Line> lines, State state) =>
        lines.Where(line => line.Key.State == state).Aggregate(Money.Zero, (sum, line) => sum + line.Amount);
}

/// <summary>Settles a case at each of its instants, one after the other.</summary>
public static class CaseResult
{
    /// <summary>The settlements, or the faults that only the amounts of facts have brought out.</summary>
    public static IReadOnlyList<Settlement> Of(Case settled, out IReadOnlyList<Fault> faults)
    {
        List<Settlement> settlements = [];
        var reading = new Reading { Currency = settled.Currency };
        foreach (var asOf in settled.AsOf)
        {
            var booked = settlements.Count == 0 ? [] : settlements[^1].Lines.Select(line => new Entry(line.Key, line.Amount));
            settlements.Add(Settle(settled, asOf, booked, reading));
        }
        faults = [.. reading.Faults.Distinct()];
        return faults.Count > 0 ? [] : settlements;
    }

    private static Settlement Settle(Case settled, Instant asOf, IEnumerable<Entry> booked, Reading reading)
    {
        var evaluator = new Evaluator(settled.Zone);
        List<Line> lines = [];
        Bonuses[] bonuses = [.. settled.Bonuses.Select(bonus => new Bonuses(bonus, settled.Zone))];
        var upstream = Money.Zero;
        for (var i = 0; i < settled.Orders.Length; i++)
        {
            var (order, history) = settled.Orders[i];
            evaluator.Evaluate(order, history, asOf);
            if (evaluator.Inversion is { } inversion) OrderReader.Fail(order, inversion, reading, $"orders[{i}]");
            lines.AddRange(evaluator.Lines);
            upstream += evaluator.Upstream;
            foreach (var bonus in bonuses) bonus.Add(order, evaluator.Earnings);
        }
        lines.AddRange(bonuses.SelectMany(bonus => bonus.Lines(asOf)));
        lines.Sort((a, b) => LineKey.Compare(a.Key, b.Key));
        return new(asOf, [.. lines], [.. Entries.Between([.. lines], booked)], upstream);
    }
}
