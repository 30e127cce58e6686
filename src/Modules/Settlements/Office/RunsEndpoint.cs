using HaoSuan.Catalog;
using HaoSuan.Distributors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Settlements;

/// <summary>Runs and their reports, orders that could not be settled, and why an order has brought what it has.</summary>
internal static class RunsEndpoint
{
    private const int PerPage = 20;
    private const int MostRefused = 100;

    public static async Task<IResult> List(Runs runs, SettledOrders orders, Tree tree, int? page, CancellationToken cancel)
    {
        var number = Math.Max(1, page ?? 1);
        return new RazorComponentResult<RunsPage>(new
        {
            Model = new RunsPage.View(
                await runs.TotalsAsync(cancel),
                await runs.AllAsync((number - 1) * PerPage, PerPage, cancel),
                await orders.RefusedAsync(MostRefused, cancel),
                await NamesAsync(tree, cancel),
                number, (await runs.CountAsync(cancel) + PerPage - 1) / PerPage),
        });
    }

    public static async Task<IResult> Run(
        RunSettlement run, Audit audit, Db db, TimeProvider time, HttpContext http, CancellationToken cancel)
    {
        var report = await run.RunAsync(time.Now, cancel);
        await db.InTransaction(() =>
        {
            audit.Record("settlement.run", $"run:{report.Id.Value}");
            return Task.CompletedTask;
        }, cancel);
        http.LeaveNotice($"已结算：{report.Orders} 个订单，{report.Entries} 笔分录。");
        return TypedResults.LocalRedirect($"/office/settlements/{report.Id.Value}");
    }

    public static async Task<IResult> Report(Guid id, Runs runs, Tree tree, CancellationToken cancel) =>
        await runs.FindAsync(RunId.From(id), cancel) is { } run
            ? new RazorComponentResult<RunPage>(new
            {
                Run = run,
                Shares = await runs.SharesAsync(run.Id, cancel),
                Names = await NamesAsync(tree, cancel),
            })
            : TypedResults.NotFound();

    public static async Task<IResult> Reasons(Guid id, Why why, Products products, Tree tree, CancellationToken cancel) =>
        await why.OfAsync(OrderId.From(id), null, cancel) is { } order
            ? new RazorComponentResult<OrderPage>(new
            {
                Order = order,
                Product = (await products.FindAsync(order.ProductId, cancel))!.Name,
                Names = await NamesAsync(tree, cancel),
            })
            : TypedResults.NotFound();

    internal static async Task<IReadOnlyDictionary<DistributorId, string>> NamesAsync(Tree tree, CancellationToken cancel) =>
        (await tree.AllAsync(cancel)).ToDictionary(d => d.Id, d => d.Name);
}
