namespace HaoSuan.Settling.Explaining;

/// <summary>How a condition stands at an instant.</summary>
public abstract record Standing
{
    private Standing() { }

    /// <summary>It was met at that instant.</summary>
    public sealed record Met(Instant At) : Standing;

    /// <summary>It will be met at that instant unless something prevents it before.</summary>
    public sealed record Due(Instant At) : Standing;

    /// <summary>What it asks for has yet to happen, before that instant (null: any time).</summary>
    public sealed record Missing(Instant? Before) : Standing;

    /// <summary>The fact that opens its window has yet to happen.</summary>
    public sealed record Unopened(string After) : Standing;

    /// <summary>A fact has broken it, for good since that instant; only withdrawing the fact can mend that.</summary>
    public sealed record Broken(Fact By, Instant Since) : Standing;

    /// <summary>Its time was over at that instant; only a fact of that time that is learned late can still meet it.</summary>
    public sealed record Over(Instant At) : Standing;

    /// <summary>It is not met, and nothing that happens from now on can meet it.</summary>
    public bool IsLost => this is Broken or Over;
}

/// <summary>A condition, how it stands, and the evidence.</summary>
/// <param name="Opening">The fact that opens its window: X of "after".</param>
/// <param name="Facts">The facts that qualify, up to the one that meets it; or the one that stands in its way.</param>
/// <param name="Lacking">What the sum of amounts still lacks.</param>
/// <param name="Unfit">While it is not met: facts of the kind that it asks for which do not count.</param>
public sealed record Finding(
    Condition Condition, Standing Standing, Fact? Opening, IReadOnlyList<Fact> Facts, Money? Lacking, IReadOnlyList<Fact> Unfit)
{
    /// <summary>The fact with which the order has ended: then what has yet to happen is not expected any more.</summary>
    public Fact? EndedBy { get; init; }

    public bool IsLost => Standing.IsLost || (EndedBy is not null && Standing is (Standing.Missing or Standing.Unopened));
}
