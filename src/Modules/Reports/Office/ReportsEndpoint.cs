using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Reports;

/// <summary>The months, and the settlement report of one.</summary>
internal static class ReportsEndpoint
{
    private const int MonthsOfTrend = 12;

    public static async Task<IResult> Months(MonthReports reports, TimeProvider time, CancellationToken cancel) =>
        new RazorComponentResult<MonthsPage>(new { Months = await reports.MonthsAsync(time.Now, cancel) });

    public static async Task<IResult> OfMonth(string month, MonthReports reports, TimeProvider time, CancellationToken cancel)
    {
        if (!Month.TryParse(month, out var read)) return TypedResults.NotFound();
        var months = await reports.MonthsAsync(time.Now, cancel);
        return new RazorComponentResult<MonthPage>(new
        {
            Report = await reports.OfAsync(read, cancel),
            Trend = (IReadOnlyList<MonthSummary>)[.. months.Where(m => m.Month <= read).Take(MonthsOfTrend).Reverse()],
        });
    }

    public static async Task<IResult> File(string month, string format, MonthReports reports, TenantScope tenant, CancellationToken cancel) =>
        Month.TryParse(month, out var read)
            ? PaperFile.Of(format, ReportPaper.Of(await reports.OfAsync(read, cancel)), tenant.Zone, $"settlement-report-{read}")
            : TypedResults.NotFound();
}
