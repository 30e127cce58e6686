using System.Security.Claims;
using HaoSuan.Notifications;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Catalog;

/// <summary>The catalog's door (产品).</summary>
public static class CatalogModule
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) =>
        services.AddModule<ProductRow>("catalog", "product", "eligibility", "scheme")
            .AddScoped<Products>().AddScoped<Schemes>()
            .AddTransient<ProposalScreen>().AddTransient<RulesEndpoint>().AddTransient<SchemeScreen>().AddTransient<BonusScreen>().AddTransient<BonusEditor>()
            .AddTransient<AddUpstream>().AddTransient<AddProduct>().AddTransient<PutOnSale>().AddTransient<ChangeRules>()
            .AddTransient<DraftScheme>().AddTransient<SubmitScheme>().AddTransient<DecideScheme>()
            .AddTransient<DraftBonus>().AddTransient<SubmitBonus>().AddTransient<DecideBonus>()
            .Tell<ProposalMoved>(ToSecondPerson)
            .Done<ProposalMoved>(m => m.Action == ProposalAction.Submitted ? null : new(PlaceOf(m).Page, $"{PlaceOf(m).Text}_submitted"))
            .AddSingleton(new HomeFigure(Face.Office, ToDecideAsync, Policies.Finance))
            .AddNavigation(
                new NavigationEntry(Face.Office, "产品与方案", "/office/products", "device-sim", 32, Policies.Office),
                new NavigationEntry(Face.Office, "阶梯奖励", "/office/bonuses", "chart-line", 36, Policies.Office),
                new NavigationEntry(Face.Office, "上游", "/office/upstreams", "link", 34, Policies.Office));

    /// <summary>What is submitted is told to whoever may decide it, what is decided to whoever submitted it.</summary>
    private static Notification? ToSecondPerson(ProposalMoved moved)
    {
        var (text, page) = PlaceOf(moved);
        return moved.Action switch
        {
            ProposalAction.Submitted => new(new Audience.Staff(Policies.Finance, moved.By), $"{text}_submitted", page, moved.Subject, moved.Version),
            ProposalAction.Approved => new(new Audience.Person(moved.SubmittedBy), $"{text}_approved", page, moved.Subject, moved.Version),
            ProposalAction.Rejected => new(new Audience.Person(moved.SubmittedBy), $"{text}_rejected", page, moved.Subject, moved.Version),
            ProposalAction.Drafted or ProposalAction.Changed or ProposalAction.Withdrawn => null,
        };
    }

    private static (string Text, string Page) PlaceOf(ProposalMoved moved) => moved.IsBonus
        ? ("catalog.told_bonus", $"/office/bonuses/{moved.Subject}/{moved.Version}")
        : ("catalog.told_scheme", $"/office/products/{moved.Subject}/schemes/{moved.Version}");

    private static async Task<HomeFigure.Shown?> ToDecideAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel)
    {
        var (schemes, actor) = (services.GetRequiredService<Schemes>(), services.GetRequiredService<Actor>().Name);
        IEnumerable<Proposal> drafts = [.. await schemes.DraftsAsync(cancel: cancel), .. await schemes.BonusDraftsAsync(cancel)];
        var waiting = drafts.Where(d => d.State == ProposalState.Submitted && !d.IsOf(actor)).ToList();
        return waiting.Count > 0
            ? new("待审批方案和奖励", $"{waiting.Count} 版", "由您批准或驳回", waiting.Exists(d => d is SchemeVersion) ? "/office/products" : "/office/bonuses")
            : null;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder group)
    {
        ProductsEndpoint.Map(group);
        RulesEndpoint.Map(group);
        SchemesEndpoint.Map(group);
        SchemeEditorEndpoint.Map(group);
        UpstreamsEndpoint.Map(group);
        BonusEditorEndpoint.Map(group);
        BonusesEndpoint.Map(group);
        return group;
    }
}
