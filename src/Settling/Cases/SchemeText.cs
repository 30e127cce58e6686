using System.Diagnostics.CodeAnalysis;

namespace HaoSuan.Settling.Cases;

/// <summary>One scheme, or one bonus, as the case file of docs/settlement.md writes it. Paths of faults begin at its root.</summary>
public static class SchemeText
{
    public static bool TryRead(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out Scheme? scheme, out IReadOnlyList<Fault> faults) =>
        TryRead(utf8, new SchemeReader(FactKind.Known).Scheme, out scheme, out faults);

    public static bool TryReadBonus(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out Bonus? bonus, out IReadOnlyList<Fault> faults) =>
        TryRead(utf8, SchemeReader.Bonus, out bonus, out faults);

    private static bool TryRead<T>(
        ReadOnlyMemory<byte> utf8, Func<Node, T?> reader, [NotNullWhen(true)] out T? read, out IReadOnlyList<Fault> faults) where T : class
    {
        var reading = new Reading();
        using var document = JsonText.Parse(utf8, reading);
        read = document is null ? null : reader(new(document.RootElement, null, "", reading));
        faults = reading.Faults;
        if (faults.Count > 0) read = null;
        return read is not null;
    }
}
