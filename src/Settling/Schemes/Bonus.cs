using System.Collections.Immutable;

namespace HaoSuan.Settling;

/// <summary>Whose cards count for a distributor's bonus.</summary>
public enum Scope
{
    /// <summary>Those that it sold.</summary>
    Own,

    /// <summary>Those in whose chain it stands anywhere.</summary>
    Team,
}

public enum TierBasis
{
    /// <summary>All cards at the tier that their number reaches.</summary>
    Whole,

    /// <summary>Each card at its own tier.</summary>
    Marginal,
}

/// <summary>From the card of this number on, each card earns that much.</summary>
public readonly record struct Tier(int From, Money PerCard);

/// <summary>A number of cards that earn as much each.</summary>
public readonly record struct TierPart(int Cards, Money PerCard);

/// <summary>阶梯奖励: for the number of a distributor's cards whose stage was earned in a month and is still worth something.</summary>
/// <param name="Tiers">In ascending order of <see cref="Tier.From"/>.</param>
public sealed record Bonus(string Key, string Stage, Scope Scope, TierBasis Basis, ImmutableArray<Tier> Tiers, Release Release)
{
    /// <summary>The products that count; null: all.</summary>
    public ImmutableArray<string>? Products { get; init; }

    public Money For(int cards)
    {
        var sum = Money.Zero;
        foreach (var part in PartsOf(cards)) sum += part.PerCard * part.Cards;
        return sum;
    }

    /// <summary>The arithmetic: so many cards at so much each.</summary>
    public ImmutableArray<TierPart> PartsOf(int cards) => Basis switch
    {
        TierBasis.Whole => [.. Tiers.Where(tier => tier.From <= cards).TakeLast(1).Select(tier => new TierPart(cards, tier.PerCard))],
        TierBasis.Marginal =>
            [.. Tiers.Where(tier => tier.From <= cards).Select((tier, i) => new TierPart(LastOf(i, cards) - tier.From + 1, tier.PerCard))],
    };

    /// <summary>The line of one distributor's month, or null while the month lasts or where it comes to nothing.</summary>
    public Line? LineFor(string distributor, Month month, int cards, Zone zone, Instant asOf)
    {
        var earned = zone.StartOf((month + 1).First);
        var amount = For(cards);
        if (earned > asOf || amount.IsZero) return null;
        var releases = Release.Of(earned, zone);
        var state = releases <= asOf ? State.Available : State.Pending;
        return new(new("", Key, month.ToString(), distributor, Role.Bonus, state), amount, earned, releases);
    }

    private int LastOf(int tier, int cards) => tier + 1 < Tiers.Length ? Math.Min(cards, Tiers[tier + 1].From - 1) : cards;
}
