using System.Security.Claims;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Payouts;

/// <summary>What was withheld from a distributor in a year: <c>/agent/payouts/tax/2026.pdf</c>.</summary>
internal static class CertificatesEndpoint
{
    public static async Task<IResult> Download(
        int year, string format, ClaimsPrincipal user, TaxRecords records, TaxPapers papers, TenantScope tenant, CancellationToken cancel) =>
        (await records.YearsAsync(user.DistributorId, cancel)).Contains(year)
            ? PaperFile.Of(format, await papers.CertificateAsync(user.DistributorId, year, cancel), tenant.Zone, $"tax-{year}")
            : Results.NotFound();
}
