using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Reports;

/// <summary>What upstreams owe today, by age: <c>/office/reports/receivables</c>.</summary>
internal static class ReceivablesEndpoint
{
    public static async Task<IResult> Show(UpstreamDebts debts, TenantScope tenant, TimeProvider time, CancellationToken cancel) =>
        new RazorComponentResult<ReceivablesPage>(new { Debts = await debts.AllAsync(cancel), Month = Month.Of(tenant.Zone.DateOf(time.Now)) });
}
