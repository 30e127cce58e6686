using HaoSuan.Catalog;
using HaoSuan.Distributors;

namespace HaoSuan.Settlements;

/// <summary>Stages whose cards are counted, because bonuses ask for them.</summary>
internal sealed class Coverage(IReadOnlyList<PublishedBonus> bonuses)
{
    private readonly HashSet<string> _stages = bonuses.Select(b => b.Bonus.Stage).ToHashSet(StringComparer.Ordinal);

    /// <summary>Which bonuses these are: another text says that some were published since.</summary>
    public string Bonuses => string.Join('\n', bonuses.Select(NameOf).Order(StringComparer.Ordinal));

    /// <summary>A bonus in <see cref="Bonuses"/>.</summary>
    public static string NameOf(PublishedBonus bonus) => $"{bonus.Bonus.Key} {bonus.First}";

    /// <summary>The stages of an order that count for bonuses, with the month in which each was earned.</summary>
    public IEnumerable<(string Stage, Month Month)> Counted(IEnumerable<BookedStage> stages, Zone zone) =>
        stages.Where(s => s.Counts && _stages.Contains(s.Stage)).Select(s => (s.Stage, Month.Of(zone.DateOf(s.EarnedAt))));

    /// <summary>What settling these orders changes in the counts.</summary>
    public CardCounts Changes(IEnumerable<Settlement> settlements, Zone zone)
    {
        var counts = new CardCounts();
        foreach (var settlement in _stages.Count == 0 ? [] : settlements)
        {
            foreach (var card in Counted(settlement.Before.Stages, zone)) counts.Add(settlement.Row.ProductId, settlement.Chain, card, -1);
            foreach (var card in Counted(settlement.Stages, zone)) counts.Add(settlement.Row.ProductId, settlement.Chain, card, 1);
        }
        return counts;
    }
}

/// <summary>Cards by month, stage, product and distributor.</summary>
internal sealed class CardCounts
{
    private readonly Dictionary<(Month, string, ProductId, DistributorId), (int Own, int Team)> _counts = [];

    public void Add(ProductId product, IReadOnlyList<ChainMember> chain, (string Stage, Month Month) card, int number)
    {
        for (var i = 0; i < chain.Count; i++)
        {
            var key = (card.Month, card.Stage, product, chain[i].Id);
            var (own, team) = _counts.GetValueOrDefault(key);
            _counts[key] = (own + (i == chain.Count - 1 ? number : 0), team + number);
        }
    }

    /// <summary>In the order of their keys, so that two who write them wait for each other and not in a circle.</summary>
    public List<BonusCardRow> Rows() =>
    [
        .. from count in _counts
           where count.Value != default
           let key = count.Key
           orderby key.Item1, key.Item2, key.Item3.Value, key.Item4.Value
           select new BonusCardRow
           {
               Month = key.Item1,
               Stage = key.Item2,
               ProductId = key.Item3,
               DistributorId = key.Item4,
               Own = count.Value.Own,
               Team = count.Value.Team,
           },
    ];
}
