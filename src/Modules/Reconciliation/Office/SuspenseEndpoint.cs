using HaoSuan.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaoSuan.Reconciliation;

/// <summary>What lies in suspense, all of it, by account: <c>/office/reconciliation/suspense</c>.</summary>
internal static class SuspenseEndpoint
{
    public const string Address = "/office/reconciliation/suspense";

    public static async Task<IResult> Show(
        Books books, IEnumerable<SuspenseSource> sources, IServiceProvider services, TimeProvider time, CancellationToken cancel)
    {
        var balances = (await books.BalancesAsync(Accounts.Suspense("").Code, cancel)).ToDictionary(b => b.Account, b => -b.Balance);
        List<SuspensePage.Holding> holdings = [];
        foreach (var source in sources)
        {
            var account = Accounts.Suspense(source.Name);
            holdings.Add(new(source.Title, balances.GetValueOrDefault(account), await source.Ask(services, cancel)));
            balances.Remove(account);
        }
        holdings.AddRange(balances.Where(b => !b.Value.IsZero).Select(b => new SuspensePage.Holding(b.Key.Code, b.Value, [])));
        return new RazorComponentResult<SuspensePage>(new { Holdings = holdings, time.Now });
    }
}
