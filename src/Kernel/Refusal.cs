using System.Diagnostics.CodeAnalysis;

namespace HaoSuan.Kernel;

/// <summary>
/// An expected "no": a stable code such as <c>orders.id_number_checksum</c>, the arguments of its text, and the field of
/// the form that it speaks about. Its text stands in the resources of the module that the code begins with.
/// </summary>
public sealed record Refusal(string Code, params IReadOnlyList<object> Arguments)
{
    public string? Field { get; init; }

    public Refusal On(string field) => this with { Field = field };
}

/// <summary>How something went: done, or refused. What is refused changes nothing.</summary>
public interface IOutcome
{
    bool IsRefused { get; }
}

/// <summary>A value, or the reasons for which there is none (at least one).</summary>
public readonly struct Result<T> : IOutcome
{
    private readonly T? _value;

    private Result(T? value, IReadOnlyList<Refusal> refusals) => (_value, Refusals) = (value, refusals);

    public IReadOnlyList<Refusal> Refusals { get; }

    public bool IsRefused => Refusals is { Count: > 0 };

    /// <summary>The value. Throws where there is none: look at <see cref="IsRefused"/> first.</summary>
    public T Value => IsRefused ? throw new InvalidOperationException($"Refused: {Refusals[0].Code}") : _value!;

    public bool TryGet([NotNullWhen(true)] out T? value, out IReadOnlyList<Refusal> refusals)
    {
        (value, refusals) = (_value, Refusals ?? []);
        return !IsRefused;
    }

    public static implicit operator Result<T>(T value) => new(value, []);
    public static implicit operator Result<T>(Refusal refusal) => new(default, [refusal]);
    public static implicit operator Result<T>(List<Refusal> refusals) =>
        refusals.Count > 0 ? new(default, refusals) : throw new ArgumentException("No refusal", nameof(refusals));
}

/// <summary>The value of a use case that has nothing to tell but that it was done.</summary>
public readonly record struct Done;
