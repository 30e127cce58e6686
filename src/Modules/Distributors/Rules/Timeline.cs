using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>The rates of one distributor for one stage, over time.</summary>
internal sealed record Timeline(IReadOnlyList<RateStep> Steps)
{
    public static readonly Timeline Empty = new([]);

    /// <summary>The rate that holds at that instant; null before the first one.</summary>
    public Rate? At(Instant at) => Steps.Where(s => s.From <= at).MaxBy(s => (s.From.Microseconds, s.Number))?.Rate;

    public Timeline With(Rate rate, Instant from) => new([.. Steps, new(from, Steps.Count + 1, rate)]);

    /// <summary>The instants from which on another rate holds, from <paramref name="from"/>.</summary>
    public IEnumerable<Instant> Changes(Instant from) => Steps.Select(s => s.From).Where(i => i > from).Prepend(from);
}

internal sealed record RateStep(Instant From, int Number, Rate Rate);

/// <summary>Whether rates may stand in the same chain: never above the parent's (级差), now or at any change to come.</summary>
internal static class Differentials
{
    /// <summary>
    /// The first instant from <paramref name="from"/> on at which the child's rate is above that of whoever is its parent then, or stands alone.
    /// </summary>
    /// <param name="child">Whose rate it is about.</param>
    /// <param name="rates">The rates of the child and of its parents.</param>
    /// <param name="from">Rates before are history.</param>
    /// <param name="stage">What the rates are for.</param>
    /// <param name="price">What shares are taken of.</param>
    /// <param name="under">Only while this one is the parent; null: whoever is.</param>
    public static Instant? Inversion(
        Placement child, Func<DistributorId, Timeline> rates, Instant from, Stage stage, Money price, DistributorId? under = null)
    {
        var own = rates(child.Id);
        return child.ParentsFrom(from).SelectMany(p => rates(p).Changes(from)).Concat(child.Changes(from)).Concat(own.Changes(from)).Order()
            .Select(at => (Instant?)at)
            .FirstOrDefault(at => own.At(at!.Value) is { } rate && child.ParentAt(at.Value) is { } parent
                && parent == (under ?? parent) && !Fits(rate, rates(parent).At(at.Value), stage, price));
    }

    /// <summary>A share and an amount cannot be compared where the basis is only known with each fact.</summary>
    public static bool Fits(Rate own, Rate? parent, Stage stage, Money price) =>
        parent is { } above && (stage.Repeat is null || own.IsShare == above.IsShare) && !own.IsAbove(above, price);
}
