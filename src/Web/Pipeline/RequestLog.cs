using System.Diagnostics;

namespace HaoSuan.Web.Pipeline;

/// <summary>
/// A line for each request: the pattern of its route, never the path, whose parts may lead to a person (an invitation, an order's
/// token), and neither address nor agent.
/// </summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(none)";
            var level = LevelOf(route, http.Response.StatusCode);
            var elapsed = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            Answered(logger, level, http.Request.Method, route, http.Response.StatusCode, elapsed);
        }
    }

    private static LogLevel LevelOf(string route, int status) =>
        status >= 500 ? LogLevel.Error : route.StartsWith("/assets", StringComparison.Ordinal) ? LogLevel.Debug : LogLevel.Information;

    [LoggerMessage(Message = "{Method} {Route} {Status} in {Milliseconds} ms")]
    private static partial void Answered(ILogger logger, LogLevel level, string method, string route, int status, long milliseconds);
}
