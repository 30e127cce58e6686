using System.Globalization;
using HaoSuan.Catalog;
using HaoSuan.Identity;
using HaoSuan.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Settlements;

/// <summary>What a distributor sees of its money: home, lines, why, statements.</summary>
internal static class AgentEndpoint
{
    private const int Recent = 5;
    private const int PerPage = 30;

    public static async Task<IResult> Home(
        HttpContext http, Balances balances, CommissionLines lines, TenantScope tenant, TimeProvider time, CancellationToken cancel)
    {
        var distributor = http.User.DistributorId;
        var month = Month.Of(tenant.Zone.DateOf(time.Now));
        return new RazorComponentResult<HomePage>(new
        {
            Model = new HomePage.View(
                await balances.OfAsync(distributor, cancel),
                await lines.SumSinceAsync(distributor, tenant.Zone.StartOf(month.First), cancel),
                await balances.ReleasesAsync(distributor, cancel),
                await lines.OfAsync(distributor, 0, Recent, cancel),
                await HomeFigure.OfAsync(Face.Agent, http.RequestServices, http.User, cancel)),
        });
    }

    public static async Task<IResult> Lines(HttpContext http, CommissionLines lines, int? page, CancellationToken cancel)
    {
        var (distributor, number) = (http.User.DistributorId, Math.Max(1, page ?? 1));
        var count = await lines.CountAsync(distributor, cancel);
        var shown = await lines.OfAsync(distributor, (number - 1) * PerPage, PerPage, cancel);
        var pages = (count + PerPage - 1) / PerPage;
        return new RazorComponentResult<LinesPage>(new { Lines = shown, Page = number, Pages = pages, Total = count });
    }

    public static async Task<IResult> Reasons(Guid id, HttpContext http, Why why, Products products, CancellationToken cancel) =>
        await why.OfAsync(OrderId.From(id), http.User.DistributorId, cancel) is { } order
            ? new RazorComponentResult<WhyPage>(new { Order = order, Product = (await products.FindAsync(order.ProductId, cancel))!.Name })
            : TypedResults.NotFound();

    public static async Task<IResult> Months(HttpContext http, Statements statements, Books books, TimeProvider time, CancellationToken cancel) =>
        new RazorComponentResult<StatementsPage>(new
        {
            Months = await statements.MonthsAsync(http.User.DistributorId, time.Now, cancel),
            Checkpoint = await books.CheckpointAsync(cancel),
        });

    public static async Task<IResult> OfMonth(string month, HttpContext http, Statements statements, Books books, CancellationToken cancel) =>
        Month.TryParse(month, out var read)
            ? await PageAsync(read, http, statements, books, null, FormErrors.None, cancel)
            : TypedResults.NotFound();

    /// <param name="checkpoint">The block to lead to, where it is not that of the closing.</param>
    public static async Task<IResult> Proven(
        string month, string? checkpoint, HttpContext http, ProveStatement prove, Statements statements, Books books, Texts texts,
        CancellationToken cancel)
    {
        if (!Month.TryParse(month, out var read)) return TypedResults.NotFound();
        int? height = checkpoint is null ? null : int.TryParse(checkpoint, NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : -1;
        return (await prove.RunAsync(http.User.DistributorId, read, height, cancel)).TryGet(out var file, out var refusals)
            ? TypedResults.File(file, "application/json", $"statement-{read}.json")
            : await PageAsync(read, http, statements, books, checkpoint, FormErrors.Of(refusals, r => texts.Of(r)), cancel);
    }

    private static async Task<IResult> PageAsync(
        Month month, HttpContext http, Statements statements, Books books, string? checkpoint, FormErrors errors, CancellationToken cancel) =>
        new RazorComponentResult<StatementPage>(new
        {
            Statement = await statements.OfAsync(http.User.DistributorId, month, cancel),
            IsClosed = await books.ClosedThroughAsync(cancel) >= month,
            Checkpoint = checkpoint,
            Errors = errors,
        })
        { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };

    public static async Task<IResult> File(
        string month, string format, HttpContext http, Statements statements, TenantScope tenant, CancellationToken cancel) =>
        Month.TryParse(month, out var read)
            ? PaperFile.Of(format, (await statements.OfAsync(http.User.DistributorId, read, cancel)).ToPaper(), tenant.Zone, $"statement-{read}")
            : TypedResults.NotFound();
}
