using System.Security.Claims;
using HaoSuan.Identity;
using HaoSuan.Notifications;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Exceptions;

/// <summary>Exceptions (异常): what comparisons find wrong is queued, owned, explained and resolved. What is compared, each module says itself.</summary>
public static class ExceptionsModule
{
    public static IServiceCollection AddExceptions(this IServiceCollection services)
    {
        services.AddModule<CaseRow>("exceptions");
        services.AddScoped<CaseSteps>().AddScoped<CaseDesk>().AddScoped<TakeFindings>().AddScoped<TellOverdue>().AddSingleton<Departments>();
        services.AddScoped(p => new CaseRecords(
            p.GetRequiredService<Db>(), p.GetRequiredService<NotificationWords>(), p.GetServices<Comparer>(), p.GetRequiredService<TimeProvider>()));
        services.AddScoped(p => new TakeCase(p.GetRequiredService<CaseDesk>(), p.GetRequiredService<CaseSteps>(), p.GetRequiredService<Actor>()));
        services.AddScoped(p => new NoteCase(p.GetRequiredService<CaseDesk>(), p.GetRequiredService<CaseSteps>()));
        services.AddScoped(p => new ResolveCase(
            p.GetRequiredService<CaseDesk>(), p.GetRequiredService<CaseSteps>(), p.GetRequiredService<Audit>(), p.GetRequiredService<Actor>(),
            p.GetRequiredService<TimeProvider>()));
        services.AddScoped(p => new HandOverCase(
            p.GetRequiredService<CaseDesk>(), p.GetRequiredService<CaseSteps>(), p.GetRequiredService<Departments>(), p.GetRequiredService<Users>(),
            p.GetRequiredService<Outbox>(), p.GetRequiredService<Actor>()));
        services.AddScoped<CaseEndpoint>();
        services.AddNavigation(new NavigationEntry(Face.Office, "异常", "/office/cases", "alert-triangle", 5, Policies.Office));
        services.AddSingleton(new HomeFigure(Face.Office, WaitingAsync));
        services.Tell<CasesOpened>(Opened).Tell<CasesOverdue>(Overdue).Tell<CaseHandedOver>(HandedOver);
        services.Done<CaseSettled>(c => new($"/office/cases/{c.Id.Value}", "exceptions.told_opened_one", "exceptions.told_handed_to_department"));
        return services.AddRecurring<CompareAll>("compare", "40 2/5 * * * ?");
    }

    /// <summary>Runs a comparison every few minutes and keeps a case for each of its findings: one line in the door of the module that has the data.</summary>
    public static IServiceCollection Compare<TComparer>(this IServiceCollection services) where TComparer : class, ICompare =>
        services.AddScoped<TComparer>().AddSingleton(new Comparer(typeof(TComparer), TComparer.Kinds));

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var cases = office.MapGroup("/cases");
        cases.MapGet("", CasesEndpoint.List);
        cases.MapGet("/{id:guid}", CaseEndpoint.Show);
        // Where a form came back with its faults and the page is loaded anew.
        cases.MapGet("/{id:guid}/{act}", (Guid id) => TypedResults.LocalRedirect($"/office/cases/{id}"));
        // Whose a case is, it says itself: CaseDesk refuses everybody else.
        var desk = cases.MapGroup("/{id:guid}").RequireAuthorization(Policies.Cases);
        desk.MapPost("/take", CaseEndpoint.Take);
        desk.MapPost("/notes", CaseEndpoint.Note);
        desk.MapPost("/hand-over", CaseEndpoint.HandOver);
        desk.MapPost("/resolve", CaseEndpoint.Resolve);
        return office;
    }

    /// <summary>What waits for the departments to which whoever looks belongs.</summary>
    private static async Task<HomeFigure.Shown?> WaitingAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel)
    {
        var authorization = services.GetRequiredService<IAuthorizationService>();
        List<string> own = [];
        foreach (var department in services.GetRequiredService<Departments>().All)
            if ((await authorization.AuthorizeAsync(user, null, department)).Succeeded) own.Add(department);
        return await services.GetRequiredService<CaseRecords>().CountAsync(own, cancel) is { Open: > 0 } counts
            ? new("待处理异常", $"{counts.Open} 件", counts.Overdue > 0 ? $"其中 {counts.Overdue} 件已超时" : "都在期限内", "/office/cases")
            : null;
    }

    private static Notification Opened(CasesOpened opened) => opened.Only is { } only
        ? new(new Audience.Staff(opened.Department), "exceptions.told_opened_one", $"/office/cases/{only.Value}", Kind(opened.Kind), opened.Subject, opened.Due)
        : new(new Audience.Staff(opened.Department), "exceptions.told_opened", $"/office/cases?kind={opened.Kind}", Kind(opened.Kind), opened.Count);

    private static Notification Overdue(CasesOverdue overdue) => new(
        new Audience.Staff(overdue.Department), "exceptions.told_overdue", $"/office/cases?state=overdue&kind={overdue.Kind}", Kind(overdue.Kind),
        overdue.Count);

    private static Notification HandedOver(CaseHandedOver handed) => handed.Person is { } person
        ? new(new Audience.Person(person), "exceptions.told_handed_to_you", $"/office/cases/{handed.Id.Value}", Kind(handed.Kind), handed.Subject, handed.Due)
        : new(new Audience.Staff(handed.Department, handed.By), "exceptions.told_handed_to_department", $"/office/cases/{handed.Id.Value}",
            Kind(handed.Kind), handed.Subject, handed.Due);

    private static NotificationValue Kind(string name) => new(Key: name);
}
