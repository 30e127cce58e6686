namespace HaoSuan.Kernel;

/// <summary>Numbers as people type them: Chinese keyboards write ASCII in full width too, and phones put blanks, dashes and +86 into numbers.</summary>
public static class TypedText
{
    /// <summary>１ is 1, and the blank of full width is a blank.</summary>
    // By hand: in invariant globalization string.Normalize leaves everything as it is.
    public static char Narrow(char c) => c switch
    {
        '\u3000' => ' ',
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        _ => c,
    };

    public static string Narrow(string? text) => string.Concat((text ?? "").Select(Narrow));

    /// <summary>In plain width, without blanks and dashes.</summary>
    public static string Compact(string? text) => string.Concat((text ?? "").Select(Narrow).Where(c => !char.IsWhiteSpace(c) && c != '-'));

    /// <summary>The same of an ID number, whose last character may be an x.</summary>
    public static string IdNumber(string? text) => Compact(text).ToUpperInvariant();

    /// <summary>The same of a mobile number, without the country's code.</summary>
    public static string Phone(string? text)
    {
        var phone = Compact(text);
        return phone.StartsWith("+86", StringComparison.Ordinal) ? phone[3..] : phone.StartsWith("0086", StringComparison.Ordinal) ? phone[4..] : phone;
    }
}
