using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Catalog;

/// <summary>The catalog's door (产品).</summary>
public static class CatalogModule
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) =>
        services.AddModule<ProductRow>("catalog")
            .AddScoped<Products>().AddScoped<Schemes>()
            .AddTransient<ProposalScreen>().AddTransient<SchemeScreen>().AddTransient<BonusScreen>().AddTransient<BonusEditor>()
            .AddTransient<AddUpstream>().AddTransient<AddProduct>().AddTransient<PutOnSale>()
            .AddTransient<DraftScheme>().AddTransient<SubmitScheme>().AddTransient<DecideScheme>()
            .AddTransient<DraftBonus>().AddTransient<SubmitBonus>().AddTransient<DecideBonus>()
            .AddNavigation(
                new NavigationEntry(Face.Office, "产品与方案", "/office/products", "device-sim", 32, Policies.Office),
                new NavigationEntry(Face.Office, "阶梯奖励", "/office/bonuses", "chart-line", 36, Policies.Office),
                new NavigationEntry(Face.Office, "上游", "/office/upstreams", "link", 34, Policies.Office));

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder group)
    {
        ProductsEndpoint.Map(group);
        SchemesEndpoint.Map(group);
        SchemeEditorEndpoint.Map(group);
        UpstreamsEndpoint.Map(group);
        BonusEditorEndpoint.Map(group);
        BonusesEndpoint.Map(group);
        return group;
    }
}
