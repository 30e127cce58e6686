using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Orders;

/// <summary>The work list of after-sales: <c>/office/after-sales</c>.</summary>
internal static class AfterSalesEndpoint
{
    private const int PerPage = 30;

    public static async Task<IResult> List(
        [AsParameters] AfterSalesPage.Asked query, AfterSales sales, Users users, Actor actor, TimeProvider time, CancellationToken cancel)
    {
        var filter = query.ToFilter(actor.Name);
        var total = await sales.CountAsync(filter, cancel);
        return new RazorComponentResult<AfterSalesPage>(new
        {
            Sales = await sales.ListAsync(filter, (query.Number - 1) * PerPage, PerPage, cancel),
            Total = total,
            Pages = (total + PerPage - 1) / PerPage,
            People = await PeopleAsync(users, cancel),
            Query = query,
            Now = time.Now,
        });
    }

    /// <summary>What the staff is called, by their names in the audit log.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> PeopleAsync(Users users, CancellationToken cancel) =>
        (await users.WhoMayAsync(Policies.Office, cancel)).ToDictionary(u => u.Actor, u => u.Name, StringComparer.Ordinal);
}
