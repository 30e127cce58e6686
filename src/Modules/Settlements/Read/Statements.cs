using HaoSuan.Distributors;
using HaoSuan.Ledger;

namespace HaoSuan.Settlements;

/// <summary>Statements (对账单) of distributors by calendar month.</summary>
public sealed class Statements(Db db, Books books, CommissionLines lines, Tree tree, TenantScope tenant)
{
    public Task<Statement> OfAsync(DistributorId distributor, Month month, CancellationToken cancel = default) =>
        db.InSnapshot(() => MadeAsync(distributor, month, cancel), cancel);

    private async Task<Statement> MadeAsync(DistributorId distributor, Month month, CancellationToken cancel)
    {
        IReadOnlyList<Account> accounts = [Accounts.Pending(distributor), Accounts.Available(distributor), Accounts.Paying(distributor)];
        var movements = (await books.OfMonthAsync(accounts, month, cancel))
            .Select(entry => new DistributorMovement(entry, accounts)).Where(m => !m.Amount.IsZero).ToList();
        return new(
            (await tree.FindAsync(distributor, cancel))?.Name ?? "",
            month,
            -await books.BalanceBeforeAsync(accounts, month, cancel),
            await LinesAsync(distributor, month, [.. movements.Where(m => !m.IsPayout)], cancel),
            [.. movements.Where(m => m.IsPayout).Select(m => m.ToPayout())],
            await ClosingAsync(accounts, month + 1, cancel));
    }

    /// <summary>The months for which there is something to show, the newest first: from the first booking to now.</summary>
    public async Task<IReadOnlyList<Month>> MonthsAsync(DistributorId distributor, Instant now, CancellationToken cancel = default)
    {
        var last = Month.Of(tenant.Zone.DateOf(now));
        IReadOnlyList<Account> accounts = [Accounts.Pending(distributor), Accounts.Available(distributor)];
        if (await books.FirstMonthAsync(accounts, cancel) is not { } first) return [];
        var count = last - first + 1;
        return [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => last + -i)];
    }

    private async Task<IReadOnlyList<StatementLine>> LinesAsync(
        DistributorId distributor, Month month, List<DistributorMovement> movements, CancellationToken cancel)
    {
        if (movements.Count == 0) return [];
        var detail = (await lines.OfMonthAsync(distributor, month, cancel)).Where(l => !l.Amount.IsZero).ToLookup(l => l.EntryId);
        // An entry that no run has made, such as a correction, is a line of its own.
        return [.. movements.SelectMany(m => detail.Contains(m.Entry.Id)
            ? detail[m.Entry.Id].Select(l => new StatementLine(m.Entry.PostedAt, l.EntryId, l.Number, l.OrderNo, Titles.Of(l), l.Amount, l.Late))
            : [new(m.Entry.PostedAt, m.Entry.Id, m.Entry.Number, "", m.Entry.Memo, m.Amount, LateOf(m.Entry))])];
    }

    // Nothing is booked in another month than it happened in, unless that month was closed.
    private Month? LateOf(PostedEntry entry) =>
        Month.Of(tenant.Zone.DateOf(entry.At)) is var happened && happened < entry.Period ? happened : null;

    private async Task<DistributorBalance> ClosingAsync(IReadOnlyList<Account> accounts, Month until, CancellationToken cancel) => new(
        -await books.BalanceBeforeAsync([accounts[0]], until, cancel),
        -await books.BalanceBeforeAsync([accounts[1]], until, cancel),
        -await books.BalanceBeforeAsync([accounts[2]], until, cancel));
}
