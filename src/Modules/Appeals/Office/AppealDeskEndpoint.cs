using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Appeals;

/// <summary>The office's queue: <c>/office/appeals</c>.</summary>
internal static class AppealDeskEndpoint
{
    private const int PerPage = 50;

    public static async Task<IResult> List(
        [AsParameters] AppealDeskPage.Asked query, AppealRecords appeals, AppealCounts counts, Tree tree, Products products, Users users,
        Actor actor, CancellationToken cancel)
    {
        var filter = query.ToFilter(actor.Name);
        var total = await appeals.CountAsync(filter, cancel);
        return new RazorComponentResult<AppealDeskPage>(new
        {
            Model = new AppealDeskPage.View(
                await appeals.AllAsync(filter, (query.Number - 1) * PerPage, PerPage, cancel), total, (total + PerPage - 1) / PerPage,
                await counts.AllAsync(cancel),
                (await tree.AllAsync(cancel)).ToDictionary(d => d.Id, d => d.Name),
                (await products.AllAsync(cancel)).ToDictionary(p => p.Id, p => p.Name),
                await PeopleAsync(users, cancel)),
            Query = query,
        });
    }

    /// <summary>What users are called, by their names in the audit log.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> PeopleAsync(Users users, CancellationToken cancel) =>
        await users.NamesAsync(cancel);
}
