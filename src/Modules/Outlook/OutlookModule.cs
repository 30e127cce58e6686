using HaoSuan.Notifications;
using HaoSuan.Settling.Outlook;
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
        services.Tell<WarningRaised>(InTime);
        return services.AddRecurring<WatchOrders>(WatchOrders.Name, WatchOrders.Cron);
    }

    /// <summary>The distributor is told where something has to be done. What only must not happen stands on the page of warnings.</summary>
    private static Notification? InTime(WarningRaised warning)
    {
        var text = warning.Kind switch
        {
            DeadlineKind.Happen => "outlook.told_happen",
            DeadlineKind.Resume => "outlook.told_resume",
            DeadlineKind.StayQuiet or DeadlineKind.StayInService or DeadlineKind.Clawback => null,
        };
        if (text is null) return null;
        var (order, distributor) = ($"/agent/orders/{warning.OrderId.Value}/why", new Audience.Distributor(warning.DistributorId));
        return warning.Amount.IsZero
            ? new(distributor, $"{text}_open", order, warning.OrderNo, warning.Stage, warning.Deadline)
            : new(distributor, text, order, warning.OrderNo, warning.Stage, warning.Deadline, warning.Amount);
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
