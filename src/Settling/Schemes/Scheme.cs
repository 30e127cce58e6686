using System.Collections.Immutable;

namespace HaoSuan.Settling;

/// <summary>Whether a rate may be above the parent's (级差).</summary>
public enum Differential
{
    /// <summary>It may not: the order is refused.</summary>
    Strict,

    /// <summary>级差按最高: an ancestor gets what its own rate exceeds the highest one below, never less than 0.</summary>
    Highest,
}

/// <summary>佣金方案: how one product pays. Immutable and numbered; an order pins the version in force when it was placed.</summary>
public sealed record Scheme(string Product, int Version, ImmutableArray<Stage> Stages)
{
    public ImmutableArray<Clawback> Clawbacks { get; init; } = [];
    public Differential Differential { get; init; }
}

/// <summary>阶段: one reason for which commission is due.</summary>
/// <param name="Key">Its identity within the scheme.</param>
/// <param name="Upstream">What the upstream pays the platform for it.</param>
/// <param name="When">What must all be met; an empty list is met when the order is placed.</param>
public sealed record Stage(string Key, Rate Upstream, ImmutableArray<Condition> When, Release Release)
{
    public string Name { get; init; } = Key;

    /// <summary>平级奖: what the seller's parent gets more when its rate is the seller's.</summary>
    public Money PeerBonus { get; init; }

    /// <summary>Revenue share: one instance of the stage for each of these facts instead of one for the order.</summary>
    public Repeat? Repeat { get; init; }
}

/// <summary>
/// The facts that a repeating stage pays for: those at or after the earliest fact <paramref name="After"/>, in the calendar
/// months 1 to <paramref name="Months"/>, counting its month as 1.
/// </summary>
public sealed record Repeat(string Kind, string After, int Months)
{
    public Window Window => new(After, Months: Months - 1);
}
