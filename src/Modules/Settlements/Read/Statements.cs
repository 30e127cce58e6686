using HaoSuan.Distributors;
using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>Statements (对账单) of distributors by calendar month.</summary>
public sealed class Statements(Books books, CommissionLines lines, Tree tree, TenantScope tenant)
{
    public async Task<Statement> OfAsync(DistributorId distributor, Month month, CancellationToken cancel = default)
    {
        var (from, until) = (tenant.Zone.StartOf(month.First), tenant.Zone.StartOf((month + 1).First));
        IReadOnlyList<Account> accounts = [Accounts.Pending(distributor), Accounts.Available(distributor), Accounts.Paying(distributor)];
        var movements = (await books.PostedAsync(accounts, from, until, cancel))
            .Select(entry => new DistributorMovement(entry, accounts)).Where(m => !m.Amount.IsZero).ToList();
        return new(
            (await tree.FindAsync(distributor, cancel))?.Name ?? "",
            month,
            -await books.BalanceBeforeAsync(accounts, from, cancel),
            await LinesAsync(distributor, [.. movements.Where(m => !m.IsPayout)], cancel),
            [.. movements.Where(m => m.IsPayout).Select(m => m.ToPayout())],
            await ClosingAsync(accounts, until, cancel));
    }

    /// <summary>The months for which there is something to show, the newest first: from the first booking to now.</summary>
    public async Task<IReadOnlyList<Month>> MonthsAsync(DistributorId distributor, Instant now, CancellationToken cancel = default)
    {
        var last = Month.Of(tenant.Zone.DateOf(now));
        IReadOnlyList<Account> accounts = [Accounts.Pending(distributor), Accounts.Available(distributor)];
        if (await books.FirstPostedAsync(accounts, cancel) is not { } first) return [];
        var count = last - Month.Of(tenant.Zone.DateOf(first)) + 1;
        return [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => last + -i)];
    }

    private async Task<IReadOnlyList<StatementLine>> LinesAsync(
        DistributorId distributor, List<DistributorMovement> movements, CancellationToken cancel)
    {
        if (movements.Count == 0) return [];
        var detail = (await lines.OfEntriesAsync(distributor, movements[0].Entry.Number, movements[^1].Entry.Number, cancel))
            .Where(l => !l.Amount.IsZero).ToLookup(l => l.Number);
        // An entry that no run has made, such as a correction, is a line of its own.
        return [.. movements.SelectMany(m => detail.Contains(m.Entry.Number)
            ? detail[m.Entry.Number].Select(l => new StatementLine(m.Entry.PostedAt, l.Number, l.OrderNo, Titles.Of(l), l.Amount))
            : [new(m.Entry.PostedAt, m.Entry.Number, "", m.Entry.Memo, m.Amount)])];
    }

    private async Task<DistributorBalance> ClosingAsync(IReadOnlyList<Account> accounts, Instant until, CancellationToken cancel) => new(
        -await books.BalanceBeforeAsync([accounts[0]], until, cancel),
        -await books.BalanceBeforeAsync([accounts[1]], until, cancel),
        -await books.BalanceBeforeAsync([accounts[2]], until, cancel));
}
