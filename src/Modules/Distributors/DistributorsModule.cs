using HaoSuan.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Distributors;

/// <summary>The distributors' door (分销).</summary>
public static class DistributorsModule
{
    public static IServiceCollection AddDistributors(this IServiceCollection services)
    {
        Tell(services);
        return services.AddModule<DistributorRow>("distributors")
            .AddScoped<Tree>().AddScoped<RateCard>()
            .AddTransient<AddDistributor>().AddTransient<Activate>().AddTransient<SetRate>().AddTransient<CreateInvitation>()
            .AddTransient<MoveDistributor>().AddTransient<Freeze>().AddScoped<ParentEndpoint>().AddScoped<FreezesEndpoint>()
            .AddNavigation(
                new NavigationEntry(Face.Office, "分销商", "/office/distributors", "sitemap", 30, Policies.Office),
                new NavigationEntry(Face.Agent, "产品", "/agent/products", "package", 60, Policies.Agent),
                new NavigationEntry(Face.Agent, "推广", "/agent/invitation", "qrcode", 40, Policies.Agent),
                new NavigationEntry(Face.Agent, "团队", "/agent/team", "users", 50, Policies.Agent));
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder group)
    {
        var distributors = group.MapGroup("/distributors");
        DistributorsEndpoint.Map(distributors);
        RatesEndpoint.Map(distributors);
        InvitationsEndpoint.Map(distributors);
        SignInsEndpoint.Map(distributors);
        ParentEndpoint.Map(distributors);
        FreezesEndpoint.Map(distributors);
        return group;
    }

    public static RouteGroupBuilder MapAgent(this RouteGroupBuilder group)
    {
        AgentEndpoint.Map(group);
        return group;
    }

    private static void Tell(IServiceCollection services)
    {
        services.Tell<DistributorMoved>(m => new(
            new Audience.Distributor(m.Id), m.Parent is null ? "distributors.told_moved_top" : "distributors.told_moved", "/agent/team", m.From, m.ParentName));
        services.Tell<DistributorJoinsTeam>(m => new(new Audience.Distributor(m.Parent), "distributors.told_joins", "/agent/team", m.From, m.Name));
        services.Tell<DistributorFrozen>(f => new(new Audience.Distributor(f.Id), "distributors.told_frozen", "/agent/invitation", f.From, f.Reason));
        services.Tell<DistributorReleased>(f => new(new Audience.Distributor(f.Id), "distributors.told_unfrozen", "/agent/invitation"));
    }
}
