using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>The rates of one distributor for one stage, over time.</summary>
internal sealed record Timeline(IReadOnlyList<RateStep> Steps)
{
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
    /// <summary>The first instant from <paramref name="from"/> at which the child's rate is above the parent's, or stands alone.</summary>
    public static Instant? Inversion(Timeline parent, Timeline child, Instant from, Stage stage, Money price) =>
        parent.Changes(from).Concat(child.Changes(from)).Order()
            .Select(at => (Instant?)at)
            .FirstOrDefault(at => child.At(at!.Value) is { } own && !Fits(own, parent.At(at.Value), stage, price));

    /// <summary>A share and an amount cannot be compared where the basis is only known with each fact.</summary>
    public static bool Fits(Rate own, Rate? parent, Stage stage, Money price) =>
        parent is { } above && (stage.Repeat is null || own.IsShare == above.IsShare) && !own.IsAbove(above, price);
}
