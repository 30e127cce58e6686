using System.Text;

namespace HaoSuan.Ui;

/// <summary>Amounts as people in China write and read them.</summary>
public static class YuanText
{
    /// <summary>"￥1,234.50", "-￥0.01"; with plus: "+￥80.00", and a zero without sign.</summary>
    public static string Of(Money amount, bool plus = false)
    {
        var plain = Currency.Cny.Format(amount).TrimStart('-');
        var sign = amount.Minor < 0 ? "-" : plus && amount.Minor > 0 ? "+" : "";
        return $"{sign}￥{Grouped(plain)}";
    }

    /// <summary>Reads what people type: "80", "1,234.5", "￥80.00", "８０．００". At most two decimals; nothing else is guessed.</summary>
    public static bool TryRead(string? text, out Money amount)
    {
        var plain = string.Concat((text ?? "").Select(HalfWidth)).Trim().TrimStart('¥').TrimStart();
        if (plain.Contains(',', StringComparison.Ordinal) && !IsGrouped(plain))
        {
            amount = default;
            return false;
        }
        return Currency.Cny.TryParse(plain.Replace(",", "", StringComparison.Ordinal), out amount);
    }

    private static string Grouped(string plain)
    {
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var grouped = new StringBuilder(plain);
        for (var i = (point < 0 ? plain.Length : point) - 3; i > 0; i -= 3) grouped.Insert(i, ',');
        return grouped.ToString();
    }

    private static char HalfWidth(char c) => c == '￥' ? '¥' : TypedText.Narrow(c);

    // "1,50" is a European one and a half, or a slip; not 150.
    private static bool IsGrouped(string text)
    {
        var groups = text.TrimStart('-').Split('.')[0].Split(',');
        return groups[0].Length is >= 1 and <= 3 && groups[1..].All(g => g.Length == 3);
    }
}
