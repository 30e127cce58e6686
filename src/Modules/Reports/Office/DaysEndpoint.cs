using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Reports;

/// <summary>Orders, vouchers and stock of a day: <c>/office/reports/days</c>.</summary>
internal static class DaysEndpoint
{
    public const string Address = "/office/reports/days";

    private const int PageSize = 100;

    public static async Task<IResult> Show(
        string? day, string? verdict, int? page, DayChecks checks, TenantScope tenant, TimeProvider time, CancellationToken cancel)
    {
        var date = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? read
            : tenant.Zone.DateOf(time.Now).AddDays(-1);
        DayVerdict? asked = Enum.TryParse<DayVerdict>(verdict, out var one) ? one : null;
        var check = await checks.OfAsync(date, cancel);
        var place = Math.Max(1, page ?? 1);
        List<DayOrder> shown = [.. check.Orders.Where(o => asked is null || o.Verdict == asked)];
        return new RazorComponentResult<DaysPage>(new
        {
            Check = check,
            Verdict = asked,
            Orders = (IReadOnlyList<DayOrder>)[.. shown.Skip((place - 1) * PageSize).Take(PageSize)],
            Page = place,
            Pages = (shown.Count + PageSize - 1) / PageSize,
        });
    }
}
