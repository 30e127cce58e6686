using HaoSuan.Catalog;
using HaoSuan.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Settlements;

/// <summary>The settlements' door (结算).</summary>
public static class SettlementsModule
{
    public static IServiceCollection AddSettlements(this IServiceCollection services)
    {
        services.AddModule<RunRow>("settlements");
        services.AddScoped<RunParts>().AddScoped<LateLines>().AddScoped<CountCards>();
        services.AddScoped<SettleOrders>().AddScoped<SettleBonuses>().AddScoped<BonusTargets>();
        services.AddScoped<RunSettlement>().AddScoped<CompareBooked>().AddScoped<CompareTargets>();
        services.AddScoped(p => new VerifyBooks(
            p.GetRequiredService<Db>(), p.GetRequiredService<VerifyLedger>(), p.GetRequiredService<CompareBooked>(), p.GetRequiredService<CompareTargets>()));
        services.AddScoped<Balances>().AddScoped<CommissionLines>().AddScoped<SettledOrders>().AddScoped<Statements>().AddScoped<Why>();
        services.AddScoped<Runs>().AddScoped<UpstreamIncome>().CheckClosing<SettledThrough>().CheckClosing<BooksVerifiedLast>();
        services.AddScoped<ShadowRuns>().AddScoped<CompareBonuses>().AddTransient<StartShadowRun>()
            .AddTransient<ShadowScreen>().Follow<ShadowPartDue, CompareShadowPart>();
        services.AddSingleton(new VersionNote(ShadowNote.AskAsync));
        services.AddNavigation(
            new NavigationEntry(Face.Agent, "首页", "/agent", "home", 0, Policies.Agent),
            new NavigationEntry(Face.Agent, "佣金明细", "/agent/lines", "list-details", 35, Policies.Agent),
            new NavigationEntry(Face.Agent, "对账单", "/agent/statements", "file-invoice", 38, Policies.Agent),
            new NavigationEntry(Face.Office, "结算", "/office/settlements", "calculator", 60, Policies.Finance),
            new NavigationEntry(Face.Office, "账簿", "/office/ledger", "scale", 70, Policies.Finance));
        return services
            .AddRecurring<SettleRegularly>(SettleRegularly.Name, SettleRegularly.Cron)
            .AddRecurring<VerifyNightly>(VerifyNightly.Name, VerifyNightly.Cron)
            .AddRecurring<RemoveShadowDetails>(RemoveShadowDetails.Name, RemoveShadowDetails.Cron);
    }

    public static RouteGroupBuilder MapAgent(this RouteGroupBuilder agent)
    {
        agent.MapGet("", AgentEndpoint.Home);
        agent.MapGet("/lines", AgentEndpoint.Lines);
        agent.MapGet("/orders/{id:guid}/why", AgentEndpoint.Reasons);
        agent.MapGet("/statements", AgentEndpoint.Months);
        agent.MapGet("/statements/{month}", AgentEndpoint.OfMonth);
        agent.MapGet("/statements/{month}/json", AgentEndpoint.Proven);
        agent.MapGet("/statements/{month}/{format}", AgentEndpoint.File);
        return agent;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        office.MapGet("/settlements/orders/{id:guid}", RunsEndpoint.Reasons);
        var runs = office.MapGroup("/settlements").RequireAuthorization(Policies.Finance);
        runs.MapGet("", RunsEndpoint.List);
        runs.MapPost("", RunsEndpoint.Run);
        runs.MapGet("/{id:guid}", RunsEndpoint.Report);
        ShadowEndpoint.Map(office);
        var ledger = office.MapGroup("/ledger").RequireAuthorization(Policies.Finance);
        ledger.MapGet("", LedgerEndpoint.Entries);
        ledger.MapGet("/balances", LedgerEndpoint.Balances);
        ledger.MapPost("/verify", LedgerEndpoint.Verify);
        return office;
    }
}
