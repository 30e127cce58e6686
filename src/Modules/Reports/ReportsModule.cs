using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaoSuan.Reports;

/// <summary>The reports' door (报表): the settlement report, statements for the office, closing.</summary>
public static class ReportsModule
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddScoped<MonthPostings>().AddScoped<UpstreamStatements>().AddScoped<UpstreamDebts>().AddScoped<DayChecks>().AddScoped<ClosingEndpoint>();
        services.AddScoped(p => new MonthReports(
            p.GetRequiredService<Db>(), p.GetRequiredService<Books>(), p.GetRequiredService<MonthPostings>(), p.GetRequiredService<Products>(),
            p.GetRequiredService<Tree>(), p.GetRequiredService<Tenants>(), p.GetRequiredService<TenantScope>()));
        return services.AddNavigation(
            new NavigationEntry(Face.Office, "结算报告", "/office/reports", "chart-line", 65, Policies.Finance),
            new NavigationEntry(Face.Office, "应收账龄", "/office/reports/receivables", "report-money", 66, Policies.Finance),
            new NavigationEntry(Face.Office, "三方核对", DaysEndpoint.Address, "list-details", 44, Policies.Finance),
            new NavigationEntry(Face.Office, "月结", "/office/reports/closing", "lock", 67, Policies.Finance));
    }

    public static RouteGroupBuilder MapOffice(this RouteGroupBuilder office)
    {
        var reports = office.MapGroup("/reports").RequireAuthorization(Policies.Finance);
        reports.MapGet("", ReportsEndpoint.Months);
        reports.MapGet("/days", DaysEndpoint.Show);
        reports.MapGet("/receivables", ReceivablesEndpoint.Show);
        reports.MapGet("/closing", ClosingEndpoint.Show);
        reports.MapPost("/closing", ClosingEndpoint.Close);
        reports.MapGet("/closing/reopen", ClosingEndpoint.Show);
        reports.MapPost("/closing/reopen", ClosingEndpoint.Reopen);
        reports.MapGet("/{month}", ReportsEndpoint.OfMonth);
        reports.MapGet("/{month}/{format}", ReportsEndpoint.File);
        reports.MapGet("/{month}/upstreams/{id:guid}", StatementsEndpoint.Upstream);
        reports.MapGet("/{month}/upstreams/{id:guid}/{format}", StatementsEndpoint.UpstreamFile);
        reports.MapGet("/{month}/distributors/{id:guid}", StatementsEndpoint.Distributor);
        reports.MapGet("/{month}/distributors/{id:guid}/{format}", StatementsEndpoint.DistributorFile);
        return office;
    }
}
