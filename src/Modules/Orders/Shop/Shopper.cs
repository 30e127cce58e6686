using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Orders;

/// <summary>A consumer's browser: nobody knows who it is, but it keeps the number that it has picked.</summary>
internal static class Shopper
{
    private const string Cookie = "shopper";
    private const int Length = 32;

    extension(HttpContext http)
    {
        /// <summary>The browser's random name; a new one is given where it has none.</summary>
        public string ShopperName()
        {
            if (http.Request.Cookies[Cookie] is { Length: Length } known && known.All(char.IsAsciiHexDigitLower)) return known;
            var name = RandomNumberGenerator.GetHexString(Length, lowercase: true);
            http.Response.Cookies.Append(Cookie, name, new()
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                Path = "/s",
                MaxAge = TimeSpan.FromDays(1),
            });
            return name;
        }

        /// <summary>
        /// What tells, when WeChat sends the browser back with a payer, that this very browser was sent there to pay what stands under this very
        /// address: nobody else can make another one's browser pay in his name.
        /// </summary>
        public string PayerState(string status) => Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.ASCII.GetBytes(http.ShopperName()), Encoding.UTF8.GetBytes($"payer:{status}")));
    }
}
