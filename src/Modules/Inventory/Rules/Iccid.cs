using System.Text.RegularExpressions;

namespace HaoSuan.Inventory;

/// <summary>The number printed on a card: 89 (telecom), 86 (China), then the carrier's own; 19 or 20 places, the last ones may be A–F.</summary>
internal static partial class Iccid
{
    public static string Of(string text) => text.Trim().ToUpperInvariant();

    public static bool IsValid(string iccid) => Shape().IsMatch(iccid);

    [GeneratedRegex("^8986[0-9]{10}[0-9A-F]{5,6}$")]
    private static partial Regex Shape();
}
