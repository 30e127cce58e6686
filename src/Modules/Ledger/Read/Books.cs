namespace HaoSuan.Ledger;

/// <summary>The books as they are read: entries and balances.</summary>
public sealed class Books(Db db)
{
    /// <summary>Entries, newest first, of an account or an order where one is given.</summary>
    public async Task<IReadOnlyList<PostedEntry>> EntriesAsync(
        Account? account, OrderId? order, int skip, int take, CancellationToken cancel = default)
    {
        var entries = db.Entries.AsNoTracking();
        if (order is { } one) entries = entries.Where(e => e.OrderId == one);
        if (account is { Code: var code })
        {
            var (postings, accounts) = (db.Postings, db.Accounts);
            entries = entries.Where(e => postings.Any(p =>
                p.EntryNumber == e.Number && accounts.Any(a => a.Id == p.AccountId && a.Code == code)));
        }
        var page = await entries.OrderByDescending(e => e.Number).Skip(skip).Take(take).ToListAsync(cancel);
        return await ShowAsync(page, cancel);
    }

    /// <summary>Entries of these kinds in the order of the books, after the given number: what a verification walks through.</summary>
    public async Task<IReadOnlyList<PostedEntry>> WalkAsync(
        IReadOnlyList<string> kinds, long after, int take, CancellationToken cancel = default) =>
        await ShowAsync(await db.Entries.AsNoTracking().Where(e => e.Number > after && kinds.Contains(e.Kind))
            .OrderBy(e => e.Number).Take(take).ToListAsync(cancel), cancel);

    /// <summary>The entries that move one of the accounts and were posted in [from, until), in the order of the books.</summary>
    public async Task<IReadOnlyList<PostedEntry>> PostedAsync(
        IReadOnlyList<Account> accounts, Instant from, Instant until, CancellationToken cancel = default)
    {
        var (after, last) = (await LastBeforeAsync(from, cancel), await LastBeforeAsync(until, cancel));
        var ids = await IdsAsync(accounts, cancel);
        var postings = db.Postings;
        return await ShowAsync(await db.Entries.AsNoTracking()
            .Where(e => e.Number > after && e.Number <= last && postings.Any(p => p.EntryNumber == e.Number && ids.Contains(p.AccountId)))
            .OrderBy(e => e.Number).ToListAsync(cancel), cancel);
    }

    /// <summary>The trial balance (试算平衡表): every account whose code begins so, in order.</summary>
    public async Task<IReadOnlyList<AccountBalance>> BalancesAsync(string prefix = "", CancellationToken cancel = default) =>
        await db.Accounts.Where(a => a.Code.StartsWith(prefix)).OrderBy(a => a.Code)
            .Select(a => new AccountBalance(new Account(a.Code), new Money(a.Balance.Minor))).ToListAsync(cancel);

    /// <summary>What the accounts came to together (debit positive) just before an instant, by when entries were posted.</summary>
    public async Task<Money> BalanceBeforeAsync(IReadOnlyList<Account> accounts, Instant before, CancellationToken cancel = default)
    {
        var last = await LastBeforeAsync(before, cancel);
        var ids = await IdsAsync(accounts, cancel);
        return new(await db.Postings.Where(p => ids.Contains(p.AccountId) && p.EntryNumber <= last).SumAsync(p => p.Amount.Minor, cancel));
    }

    /// <summary>When the first entry of these accounts was posted; null where there is none.</summary>
    public async Task<Instant?> FirstPostedAsync(IReadOnlyList<Account> accounts, CancellationToken cancel = default)
    {
        var ids = await IdsAsync(accounts, cancel);
        var first = await db.Postings.Where(p => ids.Contains(p.AccountId)).MinAsync(p => (long?)p.EntryNumber, cancel);
        return await db.Entries.Where(e => e.Number == first).Select(e => (Instant?)e.PostedAt).FirstOrDefaultAsync(cancel);
    }

    // The instants of posting never go back, so that a period is a range of numbers.
    private async Task<long> LastBeforeAsync(Instant before, CancellationToken cancel) =>
        await db.Entries.Where(e => e.PostedAt < before).MaxAsync(e => (long?)e.Number, cancel) ?? 0;

    private Task<List<int>> IdsAsync(IReadOnlyList<Account> accounts, CancellationToken cancel)
    {
        var codes = accounts.Select(a => a.Code).ToList();
        return db.Accounts.Where(a => codes.Contains(a.Code)).Select(a => a.Id).ToListAsync(cancel);
    }

    private async Task<IReadOnlyList<PostedEntry>> ShowAsync(List<EntryRow> entries, CancellationToken cancel)
    {
        var lines = await LinesAsync([.. entries.Select(e => e.Number)], cancel);
        return [.. entries.Select(e => new PostedEntry(
            e.Number, e.Kind, e.Source, e.At, e.PostedAt, e.Memo, e.OrderId, [.. lines[e.Number]], Convert.ToHexStringLower(e.Hash)))];
    }

    private async Task<ILookup<long, Posting>> LinesAsync(List<long> numbers, CancellationToken cancel)
    {
        var accounts = db.Accounts;
        var lines = await db.Postings.Where(p => EF.Parameter(numbers).Contains(p.EntryNumber))
            .Join(accounts, p => p.AccountId, a => a.Id, (p, a) => new { p.EntryNumber, p.Line, a.Code, p.Amount.Minor })
            .ToListAsync(cancel);
        return lines.OrderBy(l => l.Line).ToLookup(l => l.EntryNumber, l => new Posting(new(l.Code), new(l.Minor)));
    }
}
