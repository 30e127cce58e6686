using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Web.Pipeline;

/// <summary>What went wrong, for whoever asked: a page for people, RFC 9457 for programs. Never what happened inside.</summary>
internal static class ErrorPages
{
    private static readonly PathString[] Interfaces = ["/api", "/notify", "/upstream", "/health"];

    public static bool IsInterface(HttpContext http) =>
        Array.Exists(Interfaces, i => http.Request.Path.StartsWithSegments(i, StringComparison.OrdinalIgnoreCase));

    public static async Task ShowAsync(HttpContext http)
    {
        var outage = http.Features.Get<IExceptionHandlerFeature>() is { Error: var error } ? Outage.Of(error) : null;
        if (outage is not null) http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        var status = http.Response.StatusCode;
        var trace = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        if (IsInterface(http) || !WantsHtml(http.Request))
        {
            await TypedResults.Problem(statusCode: status, extensions: new Dictionary<string, object?> { ["trace"] = trace }).ExecuteAsync(http);
            return;
        }
        var (back, text) = HomeOf(http.Request.Path);
        var page = new RazorComponentResult<ErrorPage>(new
        {
            Status = status,
            Trace = status >= 500 ? trace : null,
            Why = outage is not null && IsOffice(http) ? http.RequestServices.GetRequiredService<Texts>().Of(outage) : null,
            Back = back,
            BackText = text,
        });
        page.StatusCode = status;
        await page.ExecuteAsync(http);
    }

    // Whoever works here can mend it, or knows who can. A customer is told to come back.
    private static bool IsOffice(HttpContext http) => http.Request.Path.StartsWithSegments("/office", StringComparison.OrdinalIgnoreCase);

    private static bool WantsHtml(HttpRequest request) =>
        request.GetTypedHeaders().Accept is not { Count: > 0 } accepted
        || accepted.Any(a => a.MatchesMediaType("text/html") || a.MatchesMediaType("application/xhtml+xml"));

    /// <summary>The beginning of the face that the address belongs to.</summary>
    private static (string Back, string Text) HomeOf(PathString path) => path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["office", ..] => ("/office", "返回工作台"),
        ["agent", ..] => ("/agent", "返回分销中心"),
        ["s", var invite, _, ..] => ($"/s/{Uri.EscapeDataString(invite)}", "返回商城"),
        _ => ("/", "返回首页"),
    };
}
