using System.Text.RegularExpressions;

namespace HaoSuan.Exceptions;

/// <summary>What may be written down of a case. It is kept for good, so nobody's numbers belong into it: the order has them, masked.</summary>
internal static partial class NoteRules
{
    public const int Longest = 500;

    public static Refusal? Fault(string text, bool mayBeEmpty)
    {
        if (text.Length == 0 && !mayBeEmpty) return new("exceptions.text_missing");
        if (text.Length > Longest) return new("exceptions.text_too_long", Longest);
        return PersonalNumber().IsMatch(text) ? new("exceptions.text_personal") : null;
    }

    /// <summary>An ID number or a mobile number; an ICCID, an order's number and an amount are none.</summary>
    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|1[3-9][0-9]{9})(?![0-9A-Za-z])")]
    private static partial Regex PersonalNumber();
}
