using System.Globalization;

namespace HaoSuan.Orders;

/// <summary>
/// A citizen's ID number (公民身份号码, GB 11643): six digits of region, eight of birth date, three of sequence, and a check
/// character by ISO 7064 MOD 11-2, in which X is ten.
/// </summary>
internal readonly record struct IdNumber(string Text, string Province, DateOnly Born)
{
    private const string CheckCharacters = "10X98765432";

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Reads an ID number, or tells which of its parts is wrong.</summary>
    public static Result<IdNumber> Read(string text)
    {
        if (text.Length != 18 || !text[..17].All(char.IsAsciiDigit) || !(char.IsAsciiDigit(text[17]) || text[17] == 'X'))
            return new Refusal("orders.id_number_shape");
        if (text[17] != CheckOf(text)) return new Refusal("orders.id_number_checksum");
        if (Provinces.NameOf(text[..2]) is null) return new Refusal("orders.id_number_region");
        return DateOnly.TryParseExact(text[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)
            ? new IdNumber(text, text[..2], born)
            : new Refusal("orders.id_number_birth");
    }

    /// <summary>Full years of age (周岁) on that date. Who is born on 29 February is a year older on 1 March.</summary>
    public int AgeOn(DateOnly date) =>
        date.Year - Born.Year - ((date.Month, date.Day).CompareTo((Born.Month, Born.Day)) < 0 ? 1 : 0);

    /// <summary>The check character that belongs to the first seventeen digits.</summary>
    public static char CheckOf(string digits) => CheckCharacters[Weights.Index().Sum(w => w.Item * (digits[w.Index] - '0')) % 11];

    public override string ToString() => "ID number";
}
