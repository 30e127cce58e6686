using HaoSuan.Catalog;
using HaoSuan.Exceptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Upstreams;

/// <summary>Upstreams (上游): hands orders over and hears what becomes of them.</summary>
public static class UpstreamsModule
{
    /// <summary>Adds the module. The host adds an <see cref="UpstreamLine"/> for each upstream that it has keys for.</summary>
    public static IServiceCollection AddUpstreams(this IServiceCollection services, UpstreamAddresses addresses)
    {
        services.AddModule<SubmissionRow>("upstreams");
        services.AddSingleton(addresses).AddSingleton<UpstreamLines>();
        services.AddScoped<TakeReports>().AddScoped<UpstreamEvents>().AddScoped<Submissions>().Compare<UnknownStatuses>().Compare<StrayReports>();
        services.AddScoped(p => new SubmitOrder(
            p.GetRequiredService<Db>(), p.GetRequiredService<Products>(), p.GetRequiredService<Tenants>(),
            p.GetRequiredService<UpstreamLines>(), p.GetRequiredService<Outbox>(), p.GetRequiredService<TimeProvider>()));
        services.AddScoped(p => new WithdrawOrder(
            p.GetRequiredService<Db>(), p.GetRequiredService<Products>(), p.GetRequiredService<UpstreamLines>(),
            p.GetRequiredService<Outbox>(), p.GetRequiredService<TimeProvider>()));
        return services.AddRecurring<PollUpstreams>("poll-upstreams", "5/20 * * * * ?");
    }

    /// <summary>Under <c>/upstream</c>.</summary>
    public static RouteGroupBuilder MapCallbacks(this RouteGroupBuilder group)
    {
        group.MapPost("/{tenant}/{key}", CallbackEndpoint.Receive).DisableAntiforgery();
        return group;
    }
}
