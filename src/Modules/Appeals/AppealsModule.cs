using System.Security.Claims;
using HaoSuan.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Appeals;

/// <summary>Appeals (申诉): distributors contest what an order has brought, the office decides.</summary>
public static class AppealsModule
{
    public static IServiceCollection AddAppeals(this IServiceCollection services, AppealPolicy? policy = null)
    {
        services.AddModule<AppealRow>("appeals");
        services.AddSingleton(policy ?? AppealPolicy.Default);
        services.AddScoped<AppealThread>().AddScoped<OpenAppeal>().AddScoped<WriteMessage>().AddScoped<WithdrawAppeal>().AddScoped<ReopenAppeal>();
        services.AddScoped<TakeAppeal>().AddScoped<DecideAppeal>();
        services.AddScoped<AppealRecords>().AddScoped<AppealCounts>().AddScoped<Aftermath>().AddScoped<FactWords>();
        services.AddScoped<AgentAppealsEndpoint>().AddScoped<AppealEndpoint>();
        services.AddSingleton(AppealSource.Words);
        services.Tell<AppealMoved>(OtherSide);
        services.Done<AppealMoved>(moved => moved.ByOffice || moved.Kind == MessageKind.Withdrawn
            ? new($"/office/appeals/{moved.AppealId.Value}", "appeals.told_opened", "appeals.told_reopened", "appeals.told_answered")
            : null);
        services.AddSingleton(new HomeFigure(Face.Office, WaitingAsync, Policies.Finance));
        return services.AddNavigation(
            new NavigationEntry(Face.Agent, "申诉", "/agent/appeals", "alert-circle", 39, Policies.Agent),
            new NavigationEntry(Face.Office, "申诉", "/office/appeals", "alert-circle", 47, Policies.Office));
    }

    private static async Task<HomeFigure.Shown?> WaitingAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<AppealCounts>().AllAsync(cancel) is { Open: > 0 } counts
            ? new("待处理申诉", $"{counts.Open} 件", counts.Overdue > 0 ? $"其中 {counts.Overdue} 件已超时" : "都在期限内", "/office/appeals?state=Open")
            : null;

    /// <summary>The office is told what the distributor does, and the distributor what the office does.</summary>
    private static Notification OtherSide(AppealMoved moved) => moved.ByOffice
        ? new(new Audience.Distributor(moved.Distributor), ToDistributor(moved.Kind), $"/agent/appeals/{moved.AppealId.Value}", moved.Number)
        : new(new Audience.Staff(Policies.Finance), ToOffice(moved.Kind), $"/office/appeals/{moved.AppealId.Value}", moved.Number, moved.Due);

    private static string ToDistributor(MessageKind kind) => kind switch
    {
        MessageKind.Asked => "appeals.told_asked",
        MessageKind.Upheld => "appeals.told_upheld",
        MessageKind.Rejected => "appeals.told_rejected",
        MessageKind.Said or MessageKind.Opened or MessageKind.Withdrawn or MessageKind.Reopened => "appeals.told_said",
    };

    private static string ToOffice(MessageKind kind) => kind switch
    {
        MessageKind.Opened => "appeals.told_opened",
        MessageKind.Reopened => "appeals.told_reopened",
        MessageKind.Withdrawn => "appeals.told_withdrawn",
        MessageKind.Said or MessageKind.Asked or MessageKind.Upheld or MessageKind.Rejected => "appeals.told_answered",
    };

    public static RouteGroupBuilder MapAgent(this RouteGroupBuilder agent)
    {
        var appeals = agent.MapGroup("/appeals");
        appeals.MapGet("", AgentAppealsEndpoint.List);
        appeals.MapGet("/new", AgentAppealsEndpoint.New);
        appeals.MapPost("/new", AgentAppealsEndpoint.Open).WithMetadata(Large);
        appeals.MapGet("/{id:guid}", AgentAppealsEndpoint.Show);
        // Where a form came back with its faults and the page is loaded anew.
        appeals.MapGet("/{id:guid}/{act}", (Guid id) => TypedResults.LocalRedirect($"/agent/appeals/{id}"));
        appeals.MapGet("/{id:guid}/files/{number:int}", AgentAppealsEndpoint.File);
        appeals.MapPost("/{id:guid}/messages", AgentAppealsEndpoint.Say).WithMetadata(Large);
        appeals.MapPost("/{id:guid}/reopen", AgentAppealsEndpoint.Reopen).WithMetadata(Large);
        appeals.MapPost("/{id:guid}/withdraw", AgentAppealsEndpoint.Withdraw);
        return agent;
    }

    /// <summary>Everybody in the office reads; what a decision brings is money, so finance writes.</summary>
    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var appeals = office.MapGroup("/appeals");
        appeals.MapGet("", AppealDeskEndpoint.List);
        appeals.MapGet("/{id:guid}", AppealEndpoint.Show);
        appeals.MapGet("/{id:guid}/{act}", (Guid id) => TypedResults.LocalRedirect($"/office/appeals/{id}"));
        appeals.MapGet("/{id:guid}/files/{number:int}", AppealEndpoint.File);
        var desk = appeals.MapGroup("/{id:guid}").RequireAuthorization(Policies.Finance);
        desk.MapPost("/take", AppealEndpoint.Take);
        desk.MapPost("/messages", AppealEndpoint.Say).WithMetadata(Large);
        desk.MapPost("/decide", AppealEndpoint.Decide).WithMetadata(Large);
        return office;
    }

    private static RequestSizeLimitAttribute Large => new(Evidence.MostBytesOfForm);
}
