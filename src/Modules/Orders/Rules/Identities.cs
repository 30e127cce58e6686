namespace HaoSuan.Orders;

/// <summary>Whether two sources name the same number or card.</summary>
internal static class Identities
{
    private const int ShortestIccid = 19;

    /// <summary>Some name an ICCID without its last digit, which is computed from the others.</summary>
    public static bool SameIccid(string a, string b)
    {
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        return longer.Length - shorter.Length <= 1 && shorter.Length >= ShortestIccid
            ? longer.StartsWith(shorter, StringComparison.OrdinalIgnoreCase)
            : string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A masked number says nothing else than what it shows.</summary>
    public static bool SameNumber(string a, string b) =>
        a.Length == b.Length && a.Zip(b).All(pair => pair.First == pair.Second || pair.First == '*' || pair.Second == '*');
}
