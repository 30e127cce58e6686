namespace HaoSuan.Exceptions;

/// <summary>A comparison that a module brings.</summary>
/// <param name="Type">An <see cref="ICompare"/>.</param>
internal sealed record Comparer(Type Type, IReadOnlyList<CaseKind> Kinds)
{
    public string Name => Type.FullName!;       // it is no generic parameter
}
