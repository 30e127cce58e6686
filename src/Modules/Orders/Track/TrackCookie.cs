using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Orders;

/// <summary>
/// Half an hour in which a browser that has shown a code sees the orders again. The cookie holds the sealed hash, and neither phone nor code.
/// </summary>
public sealed class TrackCookie(IDataProtectionProvider protection, TenantScope tenant, TimeProvider time)
{
    private const string Name = "track";

    private static readonly TimeSpan Good = TimeSpan.FromMinutes(30);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector(
        $"HaoSuan.Orders.Track.{tenant.Id.Value.ToString(CultureInfo.InvariantCulture)}").ToTimeLimitedDataProtector();

    public void Leave(HttpContext http, Tracker tracker) => http.Response.Cookies.Append(
        Name, Convert.ToHexString(_protector.Protect(tracker.PhoneHash, time.GetUtcNow() + Good)), Options(http, Good));

    public Tracker? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 } text) return null;
        try
        {
            return new(_protector.Unprotect(Convert.FromHexString(text)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;        // old, another operator's, or nobody's
        }
    }

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http, null));

    private static CookieOptions Options(HttpContext http, TimeSpan? good) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/s",
        MaxAge = good,
    };
}
