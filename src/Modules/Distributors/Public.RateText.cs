using System.Globalization;
using HaoSuan.Settling;

namespace HaoSuan.Distributors;

/// <summary>A rate as people write it: "80" or "80.00" yuan, or "8%", "8.25%" of the basis.</summary>
public static class RateText
{
    public static string Of(Rate rate) => rate.IsShare ? $"{new Bps((int)rate.Of(new(10_000)).Minor)}" : YuanText.Of(rate.Of(Money.Zero));

    public static bool TryRead(string? text, out Rate rate)
    {
        var plain = TypedText.Narrow(text).Trim();
        if (!plain.EndsWith('%'))
        {
            var isRead = YuanText.TryRead(plain, out var amount);
            rate = Rate.Amount(amount);
            return isRead;
        }
        // Two decimals of a percent are a basis point, as two decimals of a yuan are a fen.
        var isShare = Currency.Cny.TryParse(plain[..^1].Trim(), out var percent) && percent.Minor is >= 0 and <= int.MaxValue;
        rate = isShare ? Rate.Share(new((int)percent.Minor)) : default;
        return isShare;
    }

    /// <summary>The midnight that begins the date; today, and nothing, mean now.</summary>
    public static bool TryReadDate(string? text, Zone zone, Instant now, out Instant? from)
    {
        from = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return false;
        if (date != zone.DateOf(now)) from = zone.StartOf(date);
        return true;
    }
}
