using System.Globalization;
using System.Security.Cryptography;

namespace HaoSuan.Orders;

/// <summary>Order numbers are short and say the day; tokens are long and say nothing.</summary>
internal static class OrderNumbers
{
    public static async Task<string> NextAsync(Db db, DateOnly today, CancellationToken cancel)
    {
        while (true)
        {
            var digits = RandomNumberGenerator.GetInt32(100_000_000);
            var no = string.Create(CultureInfo.InvariantCulture, $"HS{today:yyMMdd}{digits:00000000}");
            if (!await db.Orders.AnyAsync(o => o.OrderNo == no, cancel)) return no;
        }
    }

    public static string Token() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
