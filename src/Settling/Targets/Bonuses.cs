using System.Runtime.InteropServices;

namespace HaoSuan.Settling;

/// <summary>The number of cards that count for one distributor in one month.</summary>
public readonly record struct Volume(string Distributor, Month Month, int Cards);

/// <summary>Counts the cards of one bonus, order by order as they are evaluated, and gives its lines at the end.</summary>
public sealed class Bonuses(Bonus bonus, Zone zone)
{
    private readonly Dictionary<(string Distributor, Month Month), int> _cards = [];

    public IEnumerable<Volume> Volumes => _cards.Select(c => new Volume(c.Key.Distributor, c.Key.Month, c.Value));

    /// <summary>Takes the order's earnings as of the same instant for which <see cref="Lines"/> is asked.</summary>
    public void Add(Order order, ReadOnlySpan<Earning> earnings)
    {
        if (bonus.Products is { } products && !products.Contains(order.Scheme.Product)) return;
        foreach (var earning in earnings)
        {
            if (order.Scheme.Stages[earning.Stage].Key != bonus.Stage) continue;
            if (earning.IsWorthSomething) Count(order, Month.Of(zone.DateOf(earning.EarnedAt)));
            return;     // only the first instance of the stage counts
        }
    }

    public List<Line> Lines(Instant asOf)
    {
        List<Line> lines = [];
        foreach (var volume in Volumes)
        {
            if (bonus.LineFor(volume.Distributor, volume.Month, volume.Cards, zone, asOf) is { } line) lines.Add(line);
        }
        return lines;
    }

    private void Count(Order order, Month month)
    {
        var seats = bonus.Scope == Scope.Own ? order.Chain.AsSpan()[Math.Max(0, order.Chain.Length - 1)..] : order.Chain.AsSpan();
        foreach (var seat in seats) CollectionsMarshal.GetValueRefOrAddDefault(_cards, (seat.Distributor, month), out _)++;
    }
}
