using HaoSuan.Distributors;
using HaoSuan.Settlements;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Reports;

/// <summary>Statements of upstreams and distributors, as the operator sees them.</summary>
internal static class StatementsEndpoint
{
    public static async Task<IResult> Upstream(string month, Guid id, UpstreamStatements statements, CancellationToken cancel) =>
        Page(await UpstreamAsync(month, id, statements, cancel), month, $"/office/reports/{month}/upstreams/{id}");

    public static async Task<IResult> UpstreamFile(
        string month, Guid id, string format, UpstreamStatements statements, TenantScope tenant, CancellationToken cancel) =>
        File(await UpstreamAsync(month, id, statements, cancel), format, tenant, $"upstream-statement-{month}");

    public static async Task<IResult> Distributor(string month, Guid id, Statements statements, Tree tree, CancellationToken cancel) =>
        Page(await DistributorAsync(month, id, statements, tree, cancel), month, $"/office/reports/{month}/distributors/{id}");

    public static async Task<IResult> DistributorFile(
        string month, Guid id, string format, Statements statements, Tree tree, TenantScope tenant, CancellationToken cancel) =>
        File(await DistributorAsync(month, id, statements, tree, cancel), format, tenant, $"statement-{month}");

    private static async Task<Paper?> UpstreamAsync(string month, Guid id, UpstreamStatements statements, CancellationToken cancel) =>
        Month.TryParse(month, out var read) && await statements.OfAsync(UpstreamId.From(id), read, cancel) is { } statement
            ? UpstreamPaper.Of(statement)
            : null;

    private static async Task<Paper?> DistributorAsync(string month, Guid id, Statements statements, Tree tree, CancellationToken cancel) =>
        Month.TryParse(month, out var read) && await tree.FindAsync(DistributorId.From(id), cancel) is { } distributor
            ? (await statements.OfAsync(distributor.Id, read, cancel)).ToPaper()
            : null;

    private static IResult Page(Paper? paper, string month, string address) => paper is null
        ? TypedResults.NotFound()
        : new RazorComponentResult<StatementPage>(new { Paper = paper, Month = month, Address = address });

    private static IResult File(Paper? paper, string format, TenantScope tenant, string name) =>
        paper is null ? TypedResults.NotFound() : PaperFile.Of(format, paper, tenant.Zone, name);
}
