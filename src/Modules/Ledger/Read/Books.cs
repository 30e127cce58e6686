namespace HaoSuan.Ledger;

/// <summary>The books as they are read: entries and balances.</summary>
public sealed class Books(Db db, TenantScope tenant)
{
    /// <summary>Entries, newest first, of an account or an order where one is given.</summary>
    public async Task<IReadOnlyList<PostedEntry>> EntriesAsync(
        Account? account, OrderId? order, int skip, int take, CancellationToken cancel = default)
    {
        var entries = db.Entries.AsQueryable();
        if (order is { } one) entries = entries.Where(e => e.OrderId == one);
        if (account is { Code: var code })
        {
            var (postings, accounts) = (db.Postings, db.Accounts);
            entries = entries.Where(e => postings.Any(p => p.EntryId == e.Id && accounts.Any(a => a.Id == p.AccountId && a.Code == code)));
        }
        var page = await db.ReadEntriesAsync(entries.OrderByDescending(e => e.Id).Skip(skip).Take(take), cancel);
        page.Reverse();
        return page;
    }

    /// <summary>The entries of these kinds that belong to the orders, by id.</summary>
    public async Task<IReadOnlyList<PostedEntry>> OfOrdersAsync(
        IReadOnlyList<string> kinds, IReadOnlyList<OrderId> orders, CancellationToken cancel = default)
    {
        var ids = orders.Select(o => (OrderId?)o).ToList();
        return await db.ReadEntriesAsync(db.Entries.Where(e => EF.Parameter(ids).Contains(e.OrderId) && kinds.Contains(e.Kind)), cancel);
    }

    /// <summary>Entries in the order in which they were posted, after the given id: what an export or a verification walks through.</summary>
    public async Task<IReadOnlyList<PostedEntry>> WalkAsync(
        IReadOnlyList<string> kinds, long after, int take, CancellationToken cancel = default)
    {
        var entries = db.Entries.Where(e => e.Id > after);
        if (kinds.Count > 0) entries = entries.Where(e => kinds.Contains(e.Kind));
        return await db.ReadEntriesAsync(entries.OrderBy(e => e.Id).Take(take), cancel);
    }

    /// <summary>The entries that move one of the accounts and are booked in the month, by id.</summary>
    public async Task<IReadOnlyList<PostedEntry>> OfMonthAsync(
        IReadOnlyList<Account> accounts, Month month, CancellationToken cancel = default)
    {
        var (ids, (first, last)) = (await IdsAsync(accounts, cancel), await EntriesOfAsync(month, cancel));
        var postings = db.Postings.Where(p => p.EntryId >= first && p.EntryId <= last && ids.Contains(p.AccountId));
        return await db.ReadEntriesAsync(db.Entries.Where(e => e.Period == month && postings.Any(p => p.EntryId == e.Id)), cancel);
    }

    /// <summary>The entries that move the account and happened in [from, until), whenever they were posted, by id.</summary>
    public async Task<IReadOnlyList<PostedEntry>> HappenedAsync(Account account, Instant from, Instant until, CancellationToken cancel = default)
    {
        // Nothing is posted before it happens, but for clocks that are a little apart.
        var posted = from - TimeSpan.FromHours(1);
        var ids = await IdsAsync([account], cancel);
        if (await db.Batches.Where(b => b.PostedAt >= posted).MinAsync(b => (long?)(b.Id * Batch.MostEntries), cancel) is not { } first) return [];
        var postings = db.Postings.Where(p => p.EntryId >= first && ids.Contains(p.AccountId));
        return await db.ReadEntriesAsync(
            db.Entries.Where(e => e.Id >= first && e.At >= from && e.At < until && postings.Any(p => p.EntryId == e.Id)), cancel);
    }

    /// <summary>
    /// The ids between which the entries stand that are booked in the month; those of other months may stand there, too. Who reads entries and
    /// postings in SQL of his own bounds both by them, so that a month takes as long as a month and not as all of history.
    /// </summary>
    public Task<(long First, long Last)> EntriesOfAsync(Month month, CancellationToken cancel = default) =>
        db.EntriesOfAsync(month, tenant.Zone, cancel);

    /// <summary>The trial balance (试算平衡表): every account whose code begins so, in order.</summary>
    public Task<IReadOnlyList<AccountBalance>> BalancesAsync(string prefix = "", CancellationToken cancel = default) =>
        BalancesAsync(prefix, db.Movements, cancel);

    /// <summary>The same at the end of the month before.</summary>
    public Task<IReadOnlyList<AccountBalance>> BalancesBeforeAsync(string prefix, Month month, CancellationToken cancel = default) =>
        BalancesAsync(prefix, db.Movements.Where(m => m.Period < month), cancel);

    /// <summary>What a month's entries have moved on the accounts whose codes begin so.</summary>
    public async Task<IReadOnlyList<MonthMovement>> MovedAsync(string prefix, Month from, Month until, CancellationToken cancel = default)
    {
        var accounts = db.Accounts.Where(a => a.Code.StartsWith(prefix));
        return await db.Movements.Where(m => m.Period >= from && m.Period <= until)
            .Join(accounts, m => m.AccountId, a => a.Id, (m, a) => new { a.Code, m.Period, m.Debits, m.Credits })
            .GroupBy(m => new { m.Code, m.Period })
            .Select(g => new MonthMovement(new(g.Key.Code), g.Key.Period, new(g.Sum(m => m.Debits)), new(g.Sum(m => m.Credits))))
            .ToListAsync(cancel);
    }

    /// <summary>What the accounts came to together (debit positive) at the end of the month before.</summary>
    public async Task<Money> BalanceBeforeAsync(IReadOnlyList<Account> accounts, Month month, CancellationToken cancel = default)
    {
        var ids = await IdsAsync(accounts, cancel);
        return new(await db.Movements.Where(m => ids.Contains(m.AccountId) && m.Period < month).SumAsync(m => m.Debits - m.Credits, cancel));
    }

    /// <summary>The first month in which the accounts are moved; null where there is none.</summary>
    public async Task<Month?> FirstMonthAsync(IReadOnlyList<Account> accounts, CancellationToken cancel = default)
    {
        var ids = await IdsAsync(accounts, cancel);
        return await db.Movements.Where(m => ids.Contains(m.AccountId)).MinAsync(m => (Month?)m.Period, cancel);
    }

    /// <summary>Until which month the books are closed; null where none is.</summary>
    public async Task<Month?> ClosedThroughAsync(CancellationToken cancel = default) =>
        await db.Closings.OrderByDescending(c => c.Sequence).Select(c => (Month?)c.ClosedThrough).FirstOrDefaultAsync(cancel);

    /// <summary>Every act of closing and reopening, the newest first.</summary>
    public async Task<IReadOnlyList<Closing>> ClosingsAsync(CancellationToken cancel = default)
    {
        var rows = await db.Closings.AsNoTracking().OrderBy(c => c.Sequence).ToListAsync(cancel);
        return [.. rows.Select((row, i) =>
        {
            var reopened = i > 0 && row.ClosedThrough < rows[i - 1].ClosedThrough;
            return new Closing(reopened ? row.ClosedThrough + 1 : row.ClosedThrough, reopened, row.At, row.Actor, row.Reason, row.Height);
        }).Reverse()];
    }

    /// <summary>The last block: to be noted by whoever wants to know later that nothing before it was changed. Null before the first.</summary>
    public async Task<Checkpoint?> CheckpointAsync(CancellationToken cancel = default) =>
        await db.Blocks.AsNoTracking().OrderByDescending(b => b.Height).FirstOrDefaultAsync(cancel) is { } last
            ? new(last.Height, Convert.ToHexStringLower(last.Hash), last.SealedAt)
            : null;

    /// <summary>The batch that an entry was posted in: one transaction's entries.</summary>
    public static long BatchOf(long entry) => Batch.BatchOf(entry);

    /// <summary>What batches have moved on the accounts whose codes begin so, debit positive, with the number of postings.</summary>
    public async Task<IReadOnlyList<(Account Account, Money Amount, int Postings)>> OfBatchesAsync(
        string prefix, IReadOnlyList<long> batches, CancellationToken cancel = default)
    {
        if (batches.Count == 0) return [];
        var (from, until) = (batches.Min() * Batch.MostEntries, (batches.Max() + 1) * Batch.MostEntries);
        var accounts = db.Accounts.Where(a => a.Code.StartsWith(prefix));
        var sums = await db.Postings
            .Where(p => p.EntryId >= from && p.EntryId < until && EF.Parameter(batches).Contains(p.EntryId / Batch.MostEntries))
            .Join(accounts, p => p.AccountId, a => a.Id, (p, a) => new { a.Code, p.Amount.Minor })
            .GroupBy(p => p.Code).Select(g => new { g.Key, Sum = g.Sum(p => p.Minor), Count = g.Count() }).ToListAsync(cancel);
        return [.. sums.Select(s => (new Account(s.Key), new Money(s.Sum), s.Count))];
    }

    /// <summary>How many entries of these kinds there are.</summary>
    public Task<long> CountAsync(IReadOnlyList<string> kinds, CancellationToken cancel = default) =>
        db.Entries.LongCountAsync(e => kinds.Contains(e.Kind), cancel);

    private async Task<IReadOnlyList<AccountBalance>> BalancesAsync(string prefix, IQueryable<MovementRow> movements, CancellationToken cancel)
    {
        var codes = await db.Accounts.Where(a => a.Code.StartsWith(prefix)).ToDictionaryAsync(a => a.Id, a => a.Code, cancel);
        if (prefix.Length > 0)
        {
            var ids = codes.Keys.ToList();
            movements = movements.Where(m => EF.Parameter(ids).Contains(m.AccountId));
        }
        var sums = await movements.GroupBy(m => m.AccountId).Select(g => new { g.Key, Balance = g.Sum(m => m.Debits - m.Credits) })
            .ToDictionaryAsync(g => g.Key, g => g.Balance, cancel);
        return [.. codes.OrderBy(c => c.Value, StringComparer.Ordinal)
            .Select(c => new AccountBalance(new(c.Value), new(sums.GetValueOrDefault(c.Key))))];
    }

    private Task<List<int>> IdsAsync(IReadOnlyList<Account> accounts, CancellationToken cancel)
    {
        var codes = accounts.Select(a => a.Code).ToList();
        return db.Accounts.Where(a => codes.Contains(a.Code)).Select(a => a.Id).ToListAsync(cancel);
    }
}
