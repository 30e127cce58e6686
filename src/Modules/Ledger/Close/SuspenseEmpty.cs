namespace HaoSuan.Ledger;

/// <summary>Suspense accounts have returned to zero: nothing that came in by the month's end still waits for a decision.</summary>
internal sealed class SuspenseEmpty(Books books, IEnumerable<SuspenseSource> sources, IServiceProvider services) : ICheckClosing
{
    private const string Href = "/office/reconciliation/suspense";

    public static ClosingStep Step => new("ledger.close_suspense", 60, Href);

    public async Task<ClosingFinding> FindAsync(ClosingMonth month, CancellationToken cancel)
    {
        var balances = (await books.BalancesAsync(Accounts.Suspense("").Code, cancel)).ToDictionary(b => b.Account, b => -b.Balance);
        List<ClosingBlocker> blockers = [];
        foreach (var source in sources)
        {
            var items = await source.Ask(services, cancel);
            var account = Accounts.Suspense(source.Name);
            balances[account] = balances.GetValueOrDefault(account) - items.Aggregate(Money.Zero, (sum, item) => sum + item.Amount);
            blockers.AddRange(items.Where(i => i.Since < month.End)
                .Select(i => new ClosingBlocker(new Refusal("ledger.close_suspense_item", source.Title, i.Subject, i.Amount), i.Href)));
        }
        blockers.AddRange(balances.Where(b => !b.Value.IsZero)
            .Select(b => new ClosingBlocker(new Refusal("ledger.close_suspense_differs", b.Key.Code, b.Value), Href)));
        return new(blockers);
    }
}
