using System.Collections.Immutable;

namespace HaoSuan.Settling;

/// <summary>An attribute's value: text, a number or a flag. The text "2" and the number 2 are different values.</summary>
public readonly record struct Scalar
{
    private Scalar(string text, bool isText) => (Text, IsText) = (text, isText);

    public string Text { get; }

    public bool IsText { get; }

    public static Scalar Of(string text) => new(text, true);

    /// <summary>A number or a flag, as JSON writes it in its shortest form ("2", "-1.5", "true").</summary>
    public static Scalar Literal(string text) => new(text, false);

    public override string ToString() => IsText ? $"\"{Text}\"" : Text;
}

/// <summary>An attribute of a fact: the channel of a top-up, the kind of a suspension, the month that a report speaks of.</summary>
public readonly record struct Attribute(string Name, Scalar Value);

/// <summary>A demand on one attribute: that its value be one of these.</summary>
public readonly record struct Demand(string Name, ImmutableArray<Scalar> OneOf)
{
    public bool IsMetBy(Fact fact)
    {
        foreach (var attribute in fact.Attributes)
        {
            if (attribute.Name == Name) return OneOf.Contains(attribute.Value);
        }
        return false;
    }
}

/// <summary>What the attributes of a fact must be. The default value demands nothing.</summary>
public readonly struct Where(ImmutableArray<Demand> demands)
{
    public ImmutableArray<Demand> Demands => demands.IsDefault ? [] : demands;

    public bool Admits(Fact fact)
    {
        foreach (var demand in Demands)
        {
            if (!demand.IsMetBy(fact)) return false;
        }
        return true;
    }
}
