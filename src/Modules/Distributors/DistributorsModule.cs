using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Distributors;

/// <summary>The distributors' door (分销).</summary>
public static class DistributorsModule
{
    public static IServiceCollection AddDistributors(this IServiceCollection services) =>
        services.AddModule<DistributorRow>("distributors")
            .AddScoped<Tree>().AddScoped<RateCard>()
            .AddTransient<AddDistributor>().AddTransient<Activate>().AddTransient<SetRate>().AddTransient<CreateInvitation>()
            .AddNavigation(
                new NavigationEntry(Face.Office, "分销商", "/office/distributors", "sitemap", 30, Policies.Office),
                new NavigationEntry(Face.Agent, "产品", "/agent/products", "package", 60, Policies.Agent),
                new NavigationEntry(Face.Agent, "推广", "/agent/invitation", "qrcode", 40, Policies.Agent),
                new NavigationEntry(Face.Agent, "团队", "/agent/team", "users", 50, Policies.Agent));

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder group)
    {
        var distributors = group.MapGroup("/distributors");
        DistributorsEndpoint.Map(distributors);
        RatesEndpoint.Map(distributors);
        InvitationsEndpoint.Map(distributors);
        SignInsEndpoint.Map(distributors);
        return group;
    }

    public static RouteGroupBuilder MapAgent(this RouteGroupBuilder group)
    {
        AgentEndpoint.Map(group);
        return group;
    }
}
