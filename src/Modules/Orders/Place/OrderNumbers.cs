using System.Globalization;
using System.Security.Cryptography;

namespace HaoSuan.Orders;

/// <summary>Order numbers are short and say the day; tokens are long and say nothing.</summary>
internal static class OrderNumbers
{
    /// <summary>One of a hundred million of a day: whoever meets one that is taken tries another.</summary>
    public static string Next(DateOnly today) =>
        string.Create(CultureInfo.InvariantCulture, $"HS{today:yyMMdd}{RandomNumberGenerator.GetInt32(100_000_000):00000000}");

    public static string Token() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
