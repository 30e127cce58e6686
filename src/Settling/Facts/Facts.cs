namespace HaoSuan.Settling;

/// <summary>What is known of an order at some instant: the facts seen and not withdrawn by then, as they happened.</summary>
public readonly ref struct Facts(ReadOnlySpan<Fact> known, Zone zone)
{
    public ReadOnlySpan<Fact> Known { get; } = known;

    public Zone Zone { get; } = zone;

    public Fact? Earliest(string kind)
    {
        foreach (var fact in Known)
        {
            if (fact.Kind == kind) return fact;
        }
        return null;
    }

    /// <summary>The earliest confirmation of a stage by the upstream.</summary>
    public Fact? Confirmation(Stage stage)
    {
        foreach (var fact in Known)
        {
            if (fact.Kind == FactKind.UpstreamConfirmed && fact.Attribute("stage") == Scalar.Of(stage.Key)) return fact;
        }
        return null;
    }

    /// <summary>The local midnight that begins the month so many months after the month of <paramref name="instant"/>.</summary>
    public Instant StartOfMonth(Instant instant, int monthsLater) =>
        Zone.StartOf((Month.Of(Zone.DateOf(instant)) + monthsLater).First);
}
