using System.Collections.Immutable;

namespace HaoSuan.Settling;

/// <summary>A distributor's place in an order's chain, with its rate for each stage, in the order of the scheme's stages.</summary>
public readonly record struct Seat(string Distributor, ImmutableArray<Rate> Rates)
{
    /// <summary>Refuses, with <c>settling.rate_missing</c>, where a stage of the scheme has no rate.</summary>
    public static Result<Seat> Of(string distributor, Scheme scheme, IReadOnlyDictionary<string, Rate> rates)
    {
        var missing = scheme.Stages.FirstOrDefault(stage => !rates.ContainsKey(stage.Key));
        if (missing is not null) return new Refusal("settling.rate_missing", distributor, missing.Key);
        return new Seat(distributor, [.. scheme.Stages.Select(stage => rates[stage.Key])]);
    }
}

/// <summary>A rate above the parent's: of the seat <paramref name="Child"/> of the chain, in the stage of that index.</summary>
public readonly record struct Inversion(int Stage, int Child);

/// <summary>An order's terms, pinned when it was placed: the scheme's version, and the chain from the top to the seller.</summary>
public sealed record Order(string Id, Scheme Scheme, Instant OrderedAt, ImmutableArray<Seat> Chain)
{
    /// <summary>The price paid: the basis of shares in a stage that does not repeat.</summary>
    public Money Paid { get; init; }

    /// <summary>
    /// The first rate above its parent's, if there is one; a scheme by the highest rate allows it. Where a repeating stage
    /// mixes amounts and shares it depends on the amount of each fact, and <see cref="Evaluator"/> looks at it then.
    /// </summary>
    public Inversion? FirstInversion()
    {
        for (var stage = 0; stage < Scheme.Stages.Length; stage++)
        {
            if (FirstInversion(stage, BasisOf(stage)) is { } inversion) return inversion;
        }
        return null;
    }

    /// <summary>Whether the rate of that seat is above its parent's, as far as the terms alone tell.</summary>
    public bool IsInverted(int stage, int child) => IsInverted(stage, child, BasisOf(stage));

    internal Inversion? FirstInversion(int stage, Money? basis)
    {
        for (var child = 1; child < Chain.Length; child++)
        {
            if (IsInverted(stage, child, basis)) return new(stage, child);
        }
        return null;
    }

    /// <summary><c>settling.rate_above_parent</c>: names the order, the stage and both distributors.</summary>
    internal Refusal Refuse(Inversion inversion) => new("settling.rate_above_parent",
        Id, Scheme.Stages[inversion.Stage].Key, Chain[inversion.Child].Distributor, Chain[inversion.Child - 1].Distributor);

    private Money? BasisOf(int stage) => Scheme.Stages[stage].Repeat is null ? Paid : null;

    private bool IsInverted(int stage, int child, Money? basis)
    {
        if (Scheme.Differential == Differential.Highest) return false;
        var (parent, own) = (Chain[child - 1].Rates[stage], Chain[child].Rates[stage]);
        return (basis is not null || own.IsShare == parent.IsShare) && own.IsAbove(parent, basis ?? Money.Zero);
    }
}
