using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Ledger;
using HaoSuan.Orders;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Settlements;

/// <summary>The books as finance reads them: entries by account and order, the trial balance, and the last replay.</summary>
internal static class LedgerEndpoint
{
    private const int PerPage = 30;

    public static async Task<IResult> Entries(
        Books books, OrderList orders, Tree tree, Products products, VerifyNightly verify,
        string? account, string? order, int? page, CancellationToken cancel)
    {
        var number = Math.Max(1, page ?? 1);
        OrderId? one = string.IsNullOrWhiteSpace(order) ? null : await orders.FindByNoAsync(order.Trim(), cancel) ?? OrderId.From(Guid.Empty);
        Account? which = string.IsNullOrWhiteSpace(account) ? null : new(account.Trim());
        var entries = await books.EntriesAsync(which, one, (number - 1) * PerPage, PerPage + 1, cancel);
        return new RazorComponentResult<EntriesPage>(new
        {
            Model = new EntriesPage.View(
                [.. entries.Take(PerPage)], await NamesAsync(tree, products, cancel), await books.BalancesAsync("", cancel),
                await verify.LastAsync(cancel), await books.CheckpointAsync(cancel), account, order, number, entries.Count > PerPage),
        });
    }

    public static async Task<IResult> Balances(Books books, Tree tree, Products products, CancellationToken cancel) =>
        new RazorComponentResult<BalancesPage>(new
        {
            Balances = await books.BalancesAsync("", cancel),
            Names = await NamesAsync(tree, products, cancel),
        });

    public static async Task<IResult> Verify(VerifyNightly verify, HttpContext http, CancellationToken cancel)
    {
        await verify.RunAsync(cancel);
        var last = (await verify.LastAsync(cancel))!;     // just made
        http.LeaveNotice(last.Findings.Count == 0 ? "核对完成：账实相符。" : $"核对完成：{last.Findings.Count} 处不符。");
        return TypedResults.LocalRedirect("/office/ledger");
    }

    private static async Task<AccountNames> NamesAsync(Tree tree, Products products, CancellationToken cancel) => new(
        (await tree.AllAsync(cancel)).ToDictionary(d => d.Id.Value.ToString(), d => d.Name),
        (await products.UpstreamsAsync(cancel)).ToDictionary(u => u.Id.Value.ToString(), u => u.Name));
}
