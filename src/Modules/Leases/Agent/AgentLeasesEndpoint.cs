using HaoSuan.Distributors;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Leases;

/// <summary>The leases that a distributor and its team have brought, masked: <c>/agent/leases</c>.</summary>
internal static class AgentLeasesEndpoint
{
    public static async Task<IResult> List(int? page, HttpContext http, LeaseList leases, Tree tree, CancellationToken cancel)
    {
        var (own, number) = (http.User.DistributorId, Math.Clamp(page ?? 1, 1, LeaseTable.MostPages));
        var team = (await tree.AllAsync(cancel)).Where(d => d.Id == own || d.ParentId == own).ToDictionary(d => d.Id, d => d.Name);
        return new RazorComponentResult<AgentLeasesPage>(new
        {
            Leases = await leases.BroughtByAsync(team.Keys, (number - 1) * LeaseTable.PerPage, LeaseTable.PerPage, cancel),
            Total = await leases.CountBroughtByAsync(team.Keys, cancel),
            Sellers = team,
            Page = number,
        });
    }
}
