using System.Security.Claims;
using HaoSuan.Exceptions;
using HaoSuan.Ledger;
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
        services.AddScoped<DecideDifferences>().AddScoped<BookDecisions>().AddScoped<ReverseDecision>().AddScoped<CarryDisputes>().AddScoped<CloseSheet>();
        services.AddScoped<ReconSheets>().AddScoped<WorkList>().AddScoped<SetRules>().AddScoped<DisputeFiles>();
        services.AddScoped<RecordReceipts>().AddScoped<ImportStatement>().AddScoped<ClaimLines>().AddScoped<BankFiles>();
        services.AddScoped<ReceiptsEndpoint>().AddScoped<BankEndpoint>();
        services.AddScoped<UploadEndpoint>().AddScoped<SheetEndpoint>().AddScoped<DifferenceEndpoint>().AddScoped<WorkEndpoint>().AddScoped<RulesEndpoint>();
        services.Follow<DifferencesFound, ApplyRules>().Compare<StandingDifferences>().CheckClosing<SheetsDecided>();
        services.AddSingleton(new SuspenseSource(
            Outcome.SuspenseName, "对账挂账", (provider, cancel) => provider.GetRequiredService<ReconSheets>().HeldAsync(cancel)));
        services.AddSingleton(SheetSource.Words);
        services.AddSingleton(new HomeFigure(Face.Office, WaitingAsync, Policies.Finance));
        services.Tell<DifferencesFound>(d => new(
            new Audience.Staff(Policies.Finance, d.By), "reconciliation.told_differences", $"/office/reconciliation/{d.SheetId.Value}",
            d.Period.ToString(), d.Count, d.Effect));
        return services.AddNavigation(new NavigationEntry(Face.Office, "上游对账", "/office/reconciliation", "scale", 45, Policies.Finance));
    }

    private static async Task<HomeFigure.Shown?> WaitingAsync(IServiceProvider services, ClaimsPrincipal user, CancellationToken cancel) =>
        await services.GetRequiredService<ReconSheets>().WaitingAsync(cancel) is (> 0 and var differences, var sheets)
            ? new("待处理差异", $"{differences} 处", $"在 {sheets} 张结算表里", WorkEndpoint.Address)
            : null;

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var sheets = office.MapGroup("/reconciliation").RequireAuthorization(Policies.Finance);
        sheets.MapGet("", UploadEndpoint.List);
        sheets.MapGet("/new", UploadEndpoint.New);
        sheets.MapPost("/new", UploadEndpoint.Post).WithMetadata(new RequestSizeLimitAttribute(MostBytesOfUpload));
        sheets.MapGet("/differences", WorkEndpoint.Show);
        sheets.MapPost("/differences", WorkEndpoint.Decide);
        sheets.MapGet("/suspense", SuspenseEndpoint.Show);
        sheets.MapGet("/rules", RulesEndpoint.Show);
        sheets.MapPost("/rules", RulesEndpoint.Add);
        sheets.MapPost("/rules/{id:guid}", RulesEndpoint.End);
        sheets.MapGet("/receipts", ReceiptsEndpoint.Show);
        sheets.MapPost("/receipts", ReceiptsEndpoint.Add);
        sheets.MapPost("/receipts/{id:guid}", ReceiptsEndpoint.Reverse);
        sheets.MapGet("/bank", BankEndpoint.List);
        sheets.MapPost("/bank", BankEndpoint.Import).WithMetadata(new RequestSizeLimitAttribute(MostBytesOfUpload));
        sheets.MapGet("/bank/{id:guid}", BankEndpoint.Show);
        sheets.MapPost("/bank/{id:guid}", BankEndpoint.Claim);
        sheets.MapGet("/{id:guid}", SheetEndpoint.Show);
        sheets.MapPost("/{id:guid}", SheetEndpoint.Decide);
        sheets.MapPost("/{id:guid}/open", SheetEndpoint.Open);
        sheets.MapPost("/{id:guid}/discard", SheetEndpoint.Discard);
        sheets.MapPost("/{id:guid}/rules", SheetEndpoint.Rules);
        sheets.MapGet("/{id:guid}/{number:int}", DifferenceEndpoint.Show);
        sheets.MapPost("/{id:guid}/{number:int}", DifferenceEndpoint.Reverse);
        sheets.MapGet("/{id:guid}/dispute", SheetEndpoint.Dispute);
        sheets.MapPost("/{id:guid}/answers", SheetEndpoint.Answers).WithMetadata(new RequestSizeLimitAttribute(MostBytesOfUpload));
        sheets.MapGet("/{id:guid}/workbook", SheetEndpoint.Workbook);
        return office;
    }
}
