using HaoSuan.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Exceptions;

/// <summary>The queue: <c>/office/cases</c>.</summary>
internal static class CasesEndpoint
{
    private const int PerPage = 50;

    public static async Task<IResult> List(
        [AsParameters] CasesPage.Asked query, CaseRecords cases, Departments departments, Users users, Actor actor, TimeProvider time, CancellationToken cancel)
    {
        var filter = query.ToFilter(actor.Name);
        var sum = await cases.SumAsync(filter, cancel);
        return new RazorComponentResult<CasesPage>(new
        {
            Model = new CasesPage.View(
                await cases.ListAsync(filter, (query.Number - 1) * PerPage, PerPage, cancel), sum, (sum.Count + PerPage - 1) / PerPage,
                await cases.CountAsync(departments.All, cancel), departments.All, cases.Kinds(), await PeopleAsync(users, cancel),
                await cases.RunsAsync(cancel), time.Now),
            Query = query,
        });
    }

    /// <summary>What users are called, by their names in the audit log.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> PeopleAsync(Users users, CancellationToken cancel) =>
        await users.NamesAsync(cancel);
}
