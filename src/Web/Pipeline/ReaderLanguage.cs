using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;

namespace HaoSuan.Web.Pipeline;

/// <summary>
/// In which language a request is answered, decided here and nowhere else. The words of pages are Chinese, so what they refuse and tell is
/// Chinese too, whatever language the browser asks for, until the reader himself chooses English for that; it is kept in a cookie.
/// Interfaces have no words of their own and answer by Accept-Language. Work without a reader is done in the invariant culture: Chinese.
/// </summary>
internal static class ReaderLanguage
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);
    private static readonly CultureInfo[] Known = [new("zh-CN"), new("en")];

    public static void Configure(RequestLocalizationOptions options)
    {
        (options.SupportedCultures, options.SupportedUICultures) = (Known, Known);
        options.DefaultRequestCulture = new(Known[0]);
        var byHeader = new AcceptLanguageHeaderRequestCultureProvider();
        options.RequestCultureProviders =
        [
            new CookieRequestCultureProvider(),
            new CustomRequestCultureProvider(http =>
                ErrorPages.IsInterface(http) ? byHeader.DetermineProviderCultureResult(http) : Task.FromResult<ProviderCultureResult?>(null)),
        ];
    }

    /// <summary>Where a reader chooses.</summary>
    public static void MapReaderLanguage(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/language/{language}", Choose);

    private static IResult Choose(string language, HttpContext http)
    {
        if (Array.Find(Known, k => k.Name == language) is not { } chosen) return TypedResults.NotFound();
        http.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new(chosen)),
            new CookieOptions { MaxAge = Kept, HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, IsEssential = true });
        return TypedResults.LocalRedirect(PageBefore(http.Request));
    }

    private static string PageBefore(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var before) && before.Authority == request.Host.Value
        && RedirectHttpResult.IsLocalUrl(before.PathAndQuery)
            ? before.PathAndQuery
            : "/";
}
