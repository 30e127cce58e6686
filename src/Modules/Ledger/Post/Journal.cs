namespace HaoSuan.Ledger;

/// <summary>
/// The journal (日记账): posts balanced entries, append-only, numbered 1, 2, 3 … for each tenant and chained by hash, and keeps
/// every account's balance beside. It joins the caller's transaction, so a movement and its entry are one. Whoever posts holds
/// the tenant's head row until the transaction ends, so take other locks before.
/// </summary>
public sealed class Journal(Db db, TimeProvider time)
{
    /// <summary>Posts the entry and returns its number. A source that was posted before gives that entry's number and posts nothing.</summary>
    /// <exception cref="ArgumentException">The postings do not add up to zero, one is zero, or there are none: a bug of the caller.</exception>
    public async Task<long> PostAsync(Entry entry, CancellationToken cancel = default) => (await PostAsync([entry], cancel))[0];

    /// <summary>Posts the entries in their order, with the same few statements however many they are. Returns their numbers.</summary>
    public Task<IReadOnlyList<long>> PostAsync(IReadOnlyList<Entry> entries, CancellationToken cancel = default)
    {
        foreach (var entry in entries) Balanced.Check(entry);
        return db.InTransaction(() => AppendAsync(entries, cancel), cancel);
    }

    /// <summary>The account's balance, debit positive; zero for an account that was never used.</summary>
    public async Task<Money> BalanceAsync(Account account, CancellationToken cancel = default) =>
        new(await db.Accounts.Where(a => a.Code == account.Code).Select(a => a.Balance.Minor).FirstOrDefaultAsync(cancel));

    /// <summary>What a liability account owes: its balance, credit positive.</summary>
    public async Task<Money> OwedAsync(Account account, CancellationToken cancel = default) => -await BalanceAsync(account, cancel);

    /// <summary>The same, after locking the tenant's books: it stays true until the running transaction ends.</summary>
    public async Task<Money> OwedForUpdateAsync(Account account, CancellationToken cancel = default)
    {
        await HeadForUpdateAsync(cancel);
        return await OwedAsync(account, cancel);
    }

    private async Task<IReadOnlyList<long>> AppendAsync(IReadOnlyList<Entry> entries, CancellationToken cancel)
    {
        var head = await HeadForUpdateAsync(cancel);
        var numbers = await PostedBeforeAsync(entries, cancel);
        var batch = new Batch(head, Instant.Max(time.Now, head.PostedAt));
        foreach (var entry in entries)
        {
            if (!numbers.ContainsKey(entry.Source)) numbers.Add(entry.Source, batch.Add(entry));
        }
        if (batch.Entries.Count > 0) await WriteAsync(batch, cancel);
        return [.. entries.Select(e => numbers[e.Source])];
    }

    // Not tracked: a context that has seen an older head would go on showing it.
    private async Task<HeadRow> HeadForUpdateAsync(CancellationToken cancel)
    {
        var heads = db.Heads.AsNoTracking().ForUpdate();
        if (await heads.SingleOrDefaultAsync(cancel) is { } head) return head;
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into ledger_head (tenant_id, number, hash, posted_at)
            values ({db.CurrentTenant.Value}, 0, {Chain.Genesis}, {Instant.MinValue.Microseconds})
            on conflict do nothing
            """, cancel);
        return await heads.SingleAsync(cancel);
    }

    private Task<Dictionary<string, long>> PostedBeforeAsync(IReadOnlyList<Entry> entries, CancellationToken cancel)
    {
        var sources = entries.Select(e => e.Source).Distinct(StringComparer.Ordinal).ToList();
        return db.Entries.Where(e => EF.Parameter(sources).Contains(e.Source))
            .ToDictionaryAsync(e => e.Source, e => e.Number, StringComparer.Ordinal, cancel);
    }

    private async Task WriteAsync(Batch batch, CancellationToken cancel)
    {
        var accounts = await WriteAccountsAsync(batch, cancel);
        await Bulk.Entries.RunAsync(db, batch.Entries, cancel);
        await Bulk.Postings.RunAsync(db, batch.Postings(accounts), cancel);
        var (number, hash, at) = (batch.LastNumber, batch.LastHash, batch.PostedAt);
        await db.Heads.ExecuteUpdateAsync(
            set => set.SetProperty(h => h.Number, number).SetProperty(h => h.Hash, hash).SetProperty(h => h.PostedAt, at), cancel);
    }

    private async Task<Dictionary<Account, int>> WriteAccountsAsync(Batch batch, CancellationToken cancel)
    {
        var movements = batch.Movements();
        var codes = movements.Keys.Select(a => a.Code).ToList();
        var ids = await db.Accounts.Where(a => EF.Parameter(codes).Contains(a.Code))
            .ToDictionaryAsync(a => new Account(a.Code), a => a.Id, cancel);
        if (ids.Count < movements.Count)
        {
            var last = await db.Accounts.MaxAsync(a => (int?)a.Id, cancel) ?? 0;
            foreach (var account in movements.Keys.Where(a => !ids.ContainsKey(a))) ids.Add(account, ++last);
        }
        await Bulk.Accounts.RunAsync(
            db, [.. movements.Select(m => new AccountRow { Id = ids[m.Key], Code = m.Key.Code, Balance = m.Value })], cancel);
        return ids;
    }
}
