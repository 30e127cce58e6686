using System.Collections.Immutable;

namespace HaoSuan.Settling;

/// <summary>Something that happened to an order. It is never edited; a fact of kind "void" withdraws it.</summary>
/// <param name="Id">Unique within the order; names the instance of a repeating stage.</param>
/// <param name="At">When it happened.</param>
public sealed record Fact(string Id, string Kind, Instant At)
{
    /// <summary>When we learned it.</summary>
    public Instant RecordedAt { get; init; } = At;

    public Money Amount { get; init; }

    public ImmutableArray<Attribute> Attributes { get; init; } = [];

    /// <summary>For the kind "void": the id of the fact that it withdraws.</summary>
    public string? Of { get; init; }

    /// <summary>The instant from which a target sees this fact.</summary>
    public Instant SeenFrom => Instant.Max(At, RecordedAt);

    public Scalar? Attribute(string name)
    {
        foreach (var attribute in Attributes)
        {
            if (attribute.Name == name) return attribute.Value;
        }
        return null;
    }
}
