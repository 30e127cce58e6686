using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Payments;

/// <summary>Vouchers, searched: <c>/office/vouchers</c>.</summary>
internal static class VouchersEndpoint
{
    private const int PerPage = 50;

    public static async Task<IResult> List(
        PaymentRecords payments, TenantScope tenant, string? q, string? from, string? until, int? page, CancellationToken cancel)
    {
        var number = Math.Max(1, page ?? 1);
        var found = await payments.VouchersAsync(
            q, StartOf(from, tenant, 0), StartOf(until, tenant, 1), (number - 1) * PerPage, PerPage + 1, cancel);
        var pages = found.Count > PerPage ? number + 1 : number;
        return new RazorComponentResult<VouchersPage>(new
        {
            Model = new VouchersPage.View([.. found.Take(PerPage)], q, from, until, number, pages),
        });
    }

    private static Instant? StartOf(string? date, TenantScope tenant, int daysLater) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? tenant.Zone.StartOf(day.AddDays(daysLater))
            : null;
}
