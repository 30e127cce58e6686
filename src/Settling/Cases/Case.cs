using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace HaoSuan.Settling.Cases;

/// <summary>An order of a case, with its facts.</summary>
public sealed record CaseOrder(Order Order, History History);

/// <summary>A case file: schemes, orders and bonuses, and the instants to settle at, one after the other.</summary>
public sealed record Case(
    Currency Currency, Zone Zone, ImmutableArray<CaseOrder> Orders, ImmutableArray<Bonus> Bonuses, ImmutableArray<Instant> AsOf)
{
    /// <summary>Reads a case file: the case, or everything that is wrong with it.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out Case? read, out IReadOnlyList<Fault> faults)
    {
        var reading = new Reading();
        using var document = JsonText.Parse(utf8, reading);
        read = document is null ? null : new CaseReader(reading).Case(new(document.RootElement, null, "", reading));
        faults = reading.Faults;
        if (faults.Count > 0) read = null;
        return read is not null;
    }
}
