using System.Net;
using HaoSuan.Web.Pipeline;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;

namespace HaoSuan.Web;

/// <summary>A process that serves: the faces, the jobs, or both.</summary>
public static class Host
{
    /// <param name="settings">What the process is told.</param>
    /// <param name="configure">What else it should be: addresses to listen at, a test's server and clock.</param>
    public static WebApplication Build(Settings settings, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddLogging(builder.Logging);
        AddWeb(builder.Services, settings);
        builder.Services.AddHaoSuan(settings);
        if (settings.Role is not ProcessRole.Web)
            builder.Services.AddScheduling(settings.Database).AddHostedService<OutboxWorker>();
        configure?.Invoke(builder);
        var app = builder.Build();
        Use(app);
        app.MapFaces();
        return app;
    }

    /// <summary>Brings the database up to date, and serves until it is told to stop.</summary>
    /// <param name="started">Called once it serves.</param>
    internal static async Task RunAsync(Settings settings, string[] urls, Func<WebApplication, Task> started)
    {
        var app = Build(settings, builder =>
        {
            if (urls.Length > 0) builder.WebHost.UseUrls(urls);
        });
        await using (app)
        {
            app.Services.GetRequiredService<Migrator>().Migrate();
            await StartAsync(app);
            await started(app);
            await app.WaitForShutdownAsync();
        }
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new SettingsException($"{e.Message} Stop the process that does, or choose another one with --urls.");
        }
    }

    private static void AddWeb(IServiceCollection services, Settings settings)
    {
        services.AddProblemDetails();
        services.AddCascadingValue(p => p.GetRequiredService<TenantScope>() is { Id.Value: > 0 } tenant ? tenant.Zone : null!);
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;        // form tokens are other ones in every page, so their length tells nothing
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<RequestLocalizationOptions>(ReaderLanguage.Configure);
        services.Configure<ForwardedHeadersOptions>(o => Believe(o, settings.Proxies));
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.PropertyNamingPolicy = Json.Options.PropertyNamingPolicy;
            o.SerializerOptions.Encoder = Json.Options.Encoder;
            o.SerializerOptions.DefaultIgnoreCondition = Json.Options.DefaultIgnoreCondition;
            foreach (var converter in Json.Options.Converters) o.SerializerOptions.Converters.Add(converter);
        });
    }

    private static void Use(WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseRequestLocalization();       // before what tells of errors
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ErrorPages.ShowAsync });
        app.UseStatusCodePages(context => ErrorPages.ShowAsync(context.HttpContext));
        app.UseResponseCompression();
        app.UseRouting();
        app.UseMiddleware<TenantByAddress>();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<RefuseForgery>();
    }

    private static void Believe(ForwardedHeadersOptions options, IReadOnlyList<string> proxies)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        foreach (var proxy in proxies)
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            else if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else throw new SettingsException($"HaoSuan:Proxies has \"{proxy}\", which is neither an address nor a network such as 10.0.0.0/8.");
        }
    }

    /// <summary>Lines for people at a terminal, JSON for whoever collects them. Requests are told by <see cref="RequestLog"/>.</summary>
    private static void AddLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        if (Console.IsOutputRedirected) logging.AddJsonConsole(o => o.UseUtcTimestamp = true);
        else logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat) = (true, "HH:mm:ss "));
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }
}
