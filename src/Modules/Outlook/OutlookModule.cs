using HaoSuan.Orders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Outlook;

/// <summary>The outlook's door (展望): what may still be missed, and what is going to be released.</summary>
public static class OutlookModule
{
    public static IServiceCollection AddOutlook(this IServiceCollection services)
    {
        services.AddModule<WarningRow>("outlook");
        services.AddScoped<Warnings>().AddScoped<Expectations>();
        services.AddNavigation(
            new NavigationEntry(Face.Agent, "预警", "/agent/warnings", "alert-triangle", 36, Policies.Agent),
            new NavigationEntry(Face.Agent, "放款预测", "/agent/forecast", "chart-line", 37, Policies.Agent),
            new NavigationEntry(Face.Office, "预警", "/office/warnings", "alert-triangle", 45, Policies.Office));
        services.AddSingleton(new HomeFigure(Face.Agent, AgentEndpoint.HomeFigureAsync));
        services.Follow<FactRecorded, MarkOrder>().Follow<OrderConfirmed, MarkOrder>();
        return services.AddRecurring<WatchOrders>(WatchOrders.Name, WatchOrders.Cron);
    }

    public static RouteGroupBuilder MapAgent(this RouteGroupBuilder agent)
    {
        agent.MapGet("/warnings", AgentEndpoint.Warnings);
        agent.MapGet("/forecast", AgentEndpoint.Forecast);
        agent.MapGet("/forecast/{day}", AgentEndpoint.Day);
        return agent;
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        office.MapGet("/warnings", WarningDeskEndpoint.List);
        return office;
    }
}
