using System.Security.Claims;
using HaoSuan.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Reconciliation;

/// <summary>Reconciliation (对账): upstream sheets, their differences and what is decided about them.</summary>
public static class ReconciliationModule
{
    private const int MostBytesOfUpload = 64 << 20;

    public static IServiceCollection AddReconciliation(this IServiceCollection services)
    {
        services.AddModule<SheetRow>("reconciliation");
        services.AddScoped<UploadSheet>().AddScoped<DiscardSheet>().AddScoped<OpenSheet>().AddScoped<Expectation>();
        services.AddScoped<DecideDifferences>().AddScoped<CarryDisputes>().AddScoped<CloseSheet>().AddScoped<ReconSheets>();
        services.AddScoped<UploadEndpoint>().AddScoped<SheetEndpoint>();
        services.AddSingleton(SheetSource.Words);
        services.AddSingleton(new HomeFigure(Face.Office, WaitingAsync, Policies.Finance));
        services.Tell<DifferencesFound>(d => new(
            new Audience.Staff(Policies.Finance, d.By), "reconciliation.told_differences", $"/office/reconciliation/{d.SheetId.Value}",
            d.Period.ToString(), d.Count, d.Effect));
        return services.AddNavigation(new NavigationEntry(Face.Office, "上游对账", "/office/reconciliation", "scale", 45, Policies.Finance));
    }

    private static async Task<HomeFigure.Shown?> WaitingAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<ReconSheets>().WaitingAsync(cancel) is (> 0 and var differences, var sheets)
            ? new("待处理差异", $"{differences} 处", $"在 {sheets} 张结算表里", "/office/reconciliation")
            : null;

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var sheets = office.MapGroup("/reconciliation").RequireAuthorization(Policies.Finance);
        sheets.MapGet("", UploadEndpoint.List);
        sheets.MapGet("/new", UploadEndpoint.New);
        sheets.MapPost("/new", UploadEndpoint.Post).WithMetadata(new RequestSizeLimitAttribute(MostBytesOfUpload));
        sheets.MapGet("/{id:guid}", SheetEndpoint.Show);
        sheets.MapPost("/{id:guid}", SheetEndpoint.Decide);
        sheets.MapPost("/{id:guid}/open", SheetEndpoint.Open);
        sheets.MapPost("/{id:guid}/discard", SheetEndpoint.Discard);
        sheets.MapGet("/{id:guid}/workbook", SheetEndpoint.Workbook);
        return office;
    }
}
