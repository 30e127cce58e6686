using System.Globalization;

namespace HaoSuan.Kernel;

/// <summary>
/// The form of a citizen's ID number (公民身份号码, GB 11643): six digits of region, eight of birth date, three of sequence, and a check
/// character by ISO 7064 MOD 11-2, in which X is ten.
/// </summary>
public static class CitizenId
{
    private const string CheckCharacters = "10X98765432";

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    public static bool HasShape(string text) =>
        text.Length == 18 && text[..17].All(char.IsAsciiDigit) && (char.IsAsciiDigit(text[17]) || text[17] == 'X');

    /// <summary>The check character that belongs to the first seventeen digits.</summary>
    public static char CheckOf(string digits) => CheckCharacters[Weights.Index().Sum(w => w.Item * (digits[w.Index] - '0')) % 11];

    /// <summary>The birth date in a number of the right shape.</summary>
    public static bool TryReadBirth(string text, out DateOnly born) =>
        DateOnly.TryParseExact(text[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out born);

    /// <summary>Shape, check character and date are right. Whether there is such a person, nobody was asked.</summary>
    public static bool IsValid(string text, out DateOnly born)
    {
        born = default;
        return HasShape(text) && text[17] == CheckOf(text) && TryReadBirth(text, out born);
    }
}
