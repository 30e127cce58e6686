using System.Text.RegularExpressions;

namespace HaoSuan.Appeals;

/// <summary>What a message may say. Messages are kept for good, so nobody's numbers belong into them: the order already has them, masked.</summary>
internal static partial class MessageRules
{
    public const int Longest = 1000;

    public static IReadOnlyList<Refusal> Faults(NewMessage message, bool mayBeSilent) =>
        [.. TextFaults(message.Text.Trim(), mayBeSilent), .. Evidence.Faults(message.Files)];

    private static IEnumerable<Refusal> TextFaults(string text, bool mayBeSilent)
    {
        if (text.Length == 0 && !mayBeSilent) yield return new Refusal("appeals.text_missing").On("text");
        if (text.Length > Longest) yield return new Refusal("appeals.text_too_long", Longest).On("text");
        if (PersonalNumber().IsMatch(text)) yield return new Refusal("appeals.text_personal").On("text");
    }

    /// <summary>An ID number or a mobile number; an ICCID, an order's number and an amount are none.</summary>
    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:[0-9]{17}[0-9Xx]|1[3-9][0-9]{9})(?![0-9A-Za-z])")]
    private static partial Regex PersonalNumber();
}
