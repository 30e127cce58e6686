using System.Security.Claims;
using HaoSuan.Catalog;
using HaoSuan.Exceptions;
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
        services.AddRecurring<ForgetApplicants>("forget-refused-applicants", "0 55 20 * * ?").AddRecurring<CheckNames>("check-names", "25 * * * * ?");
        return services.AddModule<DistributorRow>(
                "distributors", "distributor", "distributor_move", "distributor_freeze", "distributor_authorisation", "rate", "invitation")
            .AddScoped<Tree>().AddScoped<Storefront>().AddScoped<RateCard>()
            .AddTransient<AddDistributor>().AddTransient<Activate>().AddTransient<SetRate>().AddTransient<CreateInvitation>()
            .AddTransient<MoveDistributor>().AddTransient<Freeze>().AddScoped<ParentEndpoint>().AddScoped<FreezesEndpoint>()
            .AddScoped<Contracts>().AddScoped<Blacklist>().AddScoped<Joinings>().AddScoped<OfferLines>()
            .AddTransient<Invite>().AddTransient<Apply>().AddTransient<DecideJoining>()
            .AddScoped<JoinEndpoint>().AddScoped<JoiningEndpoint>().AddScoped<TextVersionsEndpoint>().AddScoped<BlacklistEndpoint>()
            .AddScoped<AgentJoiningEndpoint>()
            .AddScoped<LevelLimit>().AddScoped<Authorisations>()
            .AddScoped<ComplianceEndpoint>().AddScoped<AuthorisationsEndpoint>().AddScoped<TextToAcceptEndpoint>().Compare<ComplianceWatch>()
            .AddScoped<Materials>().AddScoped<PromotionRules>().AddScoped<PosterDesk>()
            .AddScoped<MaterialsEndpoint>().AddScoped<PromotionEndpoint>()
            .AddSingleton(new HomeFigure(Face.Office, WaitingAsync, Policies.Operations))
            .AddNavigation(
                new NavigationEntry(Face.Office, "分销商", "/office/distributors", "sitemap", 30, Policies.Office),
                new NavigationEntry(Face.Office, "入驻", "/office/joining", "user-circle", 32, Policies.Office),
                new NavigationEntry(Face.Office, "合规", "/office/compliance", "shield-check", 34, Policies.Office),
                new NavigationEntry(Face.Office, "推广素材", "/office/materials", "share", 33, Policies.Office),
                new NavigationEntry(Face.Agent, "推广素材", "/agent/materials", "share", 45, Policies.Agent),
                new NavigationEntry(Face.Agent, "合作协议", "/agent/contract", "file-invoice", 90, Policies.Agent),
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
        JoiningEndpoint.Map(group);
        TextVersionsEndpoint.Map(group);
        BlacklistEndpoint.Map(group);
        ComplianceEndpoint.Map(group);
        AuthorisationsEndpoint.Map(distributors);
        MaterialsEndpoint.Map(group);
        return group;
    }

    public static RouteGroupBuilder MapAgent(this RouteGroupBuilder group)
    {
        AgentEndpoint.Map(group);
        AgentJoiningEndpoint.Map(group);
        TextToAcceptEndpoint.Map(group);
        PromotionEndpoint.Map(group);
        return group;
    }

    /// <summary>What somebody who was invited to join sees, under <c>/join/{invite}</c>.</summary>
    public static RouteGroupBuilder MapJoin(this RouteGroupBuilder group)
    {
        JoinEndpoint.Map(group);
        return group;
    }

    private static async Task<HomeFigure.Shown?> WaitingAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<Joinings>().WaitingAsync(cancel) is > 0 and var count
            ? new("待审核入驻", $"{count} 人", "", "/office/joining")
            : null;

    private static void Tell(IServiceCollection services)
    {
        services.Tell<DistributorMoved>(m => new(
            new Audience.Distributor(m.Id), m.Parent is null ? "distributors.told_moved_top" : "distributors.told_moved", "/agent/team", m.From, m.ParentName));
        services.Tell<DistributorJoinsTeam>(m => new(new Audience.Distributor(m.Parent), "distributors.told_joins", "/agent/team", m.From, m.Name));
        services.Tell<DistributorFrozen>(f => new(new Audience.Distributor(f.Id), "distributors.told_frozen", "/agent/invitation", f.From, f.Reason));
        services.Tell<JoiningApplied>(j => new(
            new Audience.Staff(Policies.Operations), "distributors.told_applied", $"/office/joining/{j.Code}", j.Name));
        services.Tell<JoiningDecided>(j => j.Parent is not { } parent ? null : new(
            new Audience.Distributor(parent), j.Approved ? "distributors.told_joined" : "distributors.told_not_joined", "/agent/joining", j.Name));
        services.Done<JoiningDecided>(j => new($"/office/joining/{j.Code}", "distributors.told_applied"));
        services.Tell<MaterialMoved>(ToSecondPerson);
        services.Done<MaterialMoved>(m =>
            m.Action == ProposalAction.Submitted ? null : new($"/office/materials/{m.Id}", "distributors.told_material_submitted"));
        services.Tell<DistributorReleased>(f => new(new Audience.Distributor(f.Id), "distributors.told_unfrozen", "/agent/invitation"));
    }

    /// <summary>What is submitted is told to whoever may decide it, what is decided to whoever submitted it.</summary>
    private static Notification? ToSecondPerson(MaterialMoved moved)
    {
        var page = $"/office/materials/{moved.Id}";
        return moved.Action switch
        {
            ProposalAction.Submitted => new(new Audience.Staff(Policies.Operations, moved.By), "distributors.told_material_submitted", page, moved.Title),
            ProposalAction.Approved => new(new Audience.Person(moved.SubmittedBy), "distributors.told_material_approved", page, moved.Title),
            ProposalAction.Rejected => new(new Audience.Person(moved.SubmittedBy), "distributors.told_material_rejected", page, moved.Title),
            ProposalAction.Drafted or ProposalAction.Changed or ProposalAction.Withdrawn => null,
        };
    }
}
