using System.Security.Cryptography;
using HaoSuan.Payments.Channels;
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

        /// <summary>How this browser can pay. Inside WeChat we have nobody's openid, so its payer scans the code there.</summary>
        public PayFace PayFaceFor(string channel) =>
            http.IsInWeChat && channel == "wechat" ? PayFace.Qr
            : Agent(http).Contains("Mobile", StringComparison.OrdinalIgnoreCase) ? PayFace.Phone
            : PayFace.Desktop;
    }

    private static string Agent(HttpContext http) => http.Request.Headers.UserAgent.ToString();
}
