namespace HaoSuan.Web.Pipeline;

/// <summary>What every answer says to the browser about what its page may do, and that nobody keeps a page with people's data.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            Add(http);
            return Task.CompletedTask;
        });
        return next(http);
    }

    private static void Add(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = UiModule.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        // Antiforgery says no-cache, which a browser may still keep for its back button. What has a tag says itself how it may be kept.
        var isKept = http.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) || headers.ETag.Count > 0;
        if (!isKept) headers.CacheControl = "no-store";
    }
}
