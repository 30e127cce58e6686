using Microsoft.AspNetCore.Http;

namespace HaoSuan.Ui;

/// <summary>The one sentence that the page after a redirect shows once ("已保存"). It travels in a cookie: no personal data.</summary>
public static class Flash
{
    private const string Cookie = "notice";

    extension(HttpContext http)
    {
        /// <summary>Leaves the sentence for the next page that is shown in a layout.</summary>
        public void LeaveNotice(string text) =>
            http.Response.Cookies.Append(Cookie, text, Options(http));

        internal string? TakeNotice()
        {
            if (http.Request.Cookies[Cookie] is not { Length: > 0 } text) return null;
            if (!http.Response.HasStarted) http.Response.Cookies.Delete(Cookie, Options(http));
            return text;
        }
    }

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", MaxAge = TimeSpan.FromMinutes(1) };
}
