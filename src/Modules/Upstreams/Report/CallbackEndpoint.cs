using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaoSuan.Upstreams;

/// <summary>Where upstreams call: <c>/upstream/{tenant}/{key}</c>. Only verified reports are taken, and answered as taken once committed.</summary>
internal static partial class CallbackEndpoint
{
    public static async Task<IResult> Receive(
        string tenant, string key, HttpRequest request, Tenants tenants, TenantScope scope, Actor actor, UpstreamLines lines,
        TakeReports take, ILoggerFactory loggers, CancellationToken cancel)
    {
        if (lines.Find(key) is not { } wire || await tenants.FindAsync(tenant, cancel) is not { } found) return Results.NotFound();
        scope.Enter(found);
        actor.Name = $"upstream:{key}";
        var read = await wire.ReadCallbackAsync(request, cancel);
        if (!read.TryGet(out var reports, out var refusals))
        {
            Log.Refused(loggers.CreateLogger("HaoSuan.Upstreams.Callback"), key, refusals[0].Code);
            return wire.NotTaken(refusals[0]);
        }
        await take.RunAsync(key, reports, HeardBy.Callback, cancel);
        return wire.Taken();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A callback of upstream {Key} was refused: {Code}")]
        public static partial void Refused(ILogger logger, string key, string code);
    }
}
