using System.Collections.Immutable;

namespace HaoSuan.Settling;

/// <summary>
/// An earned instance of a stage: the amounts that its split is taken from, after clawback.
/// <paramref name="Top"/> is c(1), what the whole chain gets; <paramref name="Upstream"/> what the platform gets for it.
/// </summary>
public readonly record struct Earning(
    int Stage, string Instance, Money Basis, Instant EarnedAt, Instant? ReleasesAt, Portion Left, Money Upstream, Money Top)
{
    public bool IsWorthSomething => !Upstream.IsZero || !Top.IsZero;
}

/// <summary>
/// What everybody is entitled to from one order at one instant. Settling books the difference to what is booked already
/// (<see cref="Entries"/>), and nothing else.
/// </summary>
/// <param name="Upstream">What the platform keeps from the upstream; less <see cref="Commission"/> it is the platform's margin.</param>
/// <param name="NextDueAt">The next instant at which this target may change without a new fact; null: never.</param>
public sealed record Target(ImmutableArray<Line> Lines, ImmutableArray<Earning> Earnings, Money Upstream, Instant? NextDueAt)
{
    public Money Commission => Lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount);

    /// <summary>
    /// target(order, scheme, facts, asOf): a pure function. Refuses with <c>settling.rate_above_parent</c>. For many
    /// orders in a row an <see cref="Evaluator"/> gives the same without allocating.
    /// </summary>
    public static Result<Target> Of(Order order, History history, Instant asOf, Zone zone)
    {
        var evaluator = new Evaluator(zone);
        return evaluator.Evaluate(order, history, asOf) is { } refusal ? refusal : evaluator.ToTarget();
    }
}
