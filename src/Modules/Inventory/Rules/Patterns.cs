namespace HaoSuan.Inventory;

/// <summary>
/// Finds the pattern at the tail of a number. Every pattern is anchored at the last digit and demands different digits for
/// different letters; a regular expression such as <c>(\d)\1{3}(\d)</c> would take AAAAA for AAAAB.
/// </summary>
internal static class Patterns
{
    public static NumberPattern Of(string number)
    {
        var same = Run(number, 0);
        if (same >= 5) return NumberPattern.AAAAA;
        if (same == 4) return NumberPattern.AAAA;
        if (Letters(number, 6) == "AABBCC") return NumberPattern.AABBCC;
        if (Math.Max(Run(number, 1), Run(number, -1)) >= 4) return NumberPattern.ABCD;
        if (Letters(number, 5) == "AAAAB") return NumberPattern.AAAAB;
        if (same == 3) return NumberPattern.AAA;
        if (Letters(number, 4) is "AABB") return NumberPattern.AABB;
        if (Letters(number, 4) is "ABAB") return NumberPattern.ABAB;
        if (Math.Max(Run(number, 1), Run(number, -1)) == 3) return NumberPattern.ABC;
        return same == 2 ? NumberPattern.AA : NumberPattern.Plain;
    }

    /// <summary>How many digits at the tail follow each other by that step.</summary>
    private static int Run(string number, int step)
    {
        var length = 1;
        while (length < number.Length && number[^length] - number[^(length + 1)] == step) length++;
        return length;
    }

    /// <summary>The last digits with a letter for each different one: 6688 is AABB, 6666 is AAAA.</summary>
    private static string Letters(string number, int length)
    {
        if (number.Length < length) return "";
        var tail = number[^length..];
        var seen = tail.Distinct().ToList();
        return string.Concat(tail.Select(d => (char)('A' + seen.IndexOf(d))));
    }
}
