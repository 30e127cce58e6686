namespace HaoSuan.Ledger;

/// <summary>
/// The journal (日记账): posts balanced entries, append-only. It joins the caller's transaction, so a movement and its entry are one,
/// and takes no lock that another poster waits for: numbers and balances follow when the entries are sealed (<see cref="SealBooks"/>).
/// </summary>
public sealed class Journal(Db db, TenantScope tenant, TimeProvider time)
{
    private readonly KnownAccounts _accounts = new();

    /// <summary>Posts the entry and returns its id. A source that was posted before gives that entry's id and posts nothing.</summary>
    /// <exception cref="ArgumentException">The postings do not add up to zero, one is zero, or there are none: a bug of the caller.</exception>
    /// <exception cref="SourceConflictException">The source was posted before with other postings.</exception>
    public async Task<long> PostAsync(Entry entry, CancellationToken cancel = default) => (await PostAsync([entry], cancel))[0];

    /// <summary>Posts the entries in their order, with the same few statements however many they are. Returns their ids.</summary>
    public Task<IReadOnlyList<long>> PostAsync(IReadOnlyList<Entry> entries, CancellationToken cancel = default)
    {
        if (entries.Count > Batch.MostEntries) throw new ArgumentException($"More than {Batch.MostEntries} entries at once.", nameof(entries));
        foreach (var entry in entries) Balanced.Check(entry);
        return db.InTransaction(() => AppendAsync(entries, cancel), cancel);
    }

    /// <summary>The account's balance, debit positive; zero for an account that was never used.</summary>
    public async Task<Money> BalanceAsync(Account account, CancellationToken cancel = default)
    {
        var (accounts, code) = (db.Accounts, account.Code);
        return new(await db.Movements.Where(m => accounts.Any(a => a.Id == m.AccountId && a.Code == code))
            .SumAsync(m => m.Debits - m.Credits, cancel));
    }

    /// <summary>What a liability account owes: its balance, credit positive.</summary>
    public async Task<Money> OwedAsync(Account account, CancellationToken cancel = default) => -await BalanceAsync(account, cancel);

    /// <summary>The same, after locking the account: nobody else who asks so gets an answer until the running transaction ends.</summary>
    public async Task<Money> OwedForUpdateAsync(Account account, CancellationToken cancel = default)
    {
        await db.Accounts.AsNoTracking().Where(a => a.Code == account.Code).ForUpdate().ToListAsync(cancel);
        return await OwedAsync(account, cancel);
    }

    private async Task<IReadOnlyList<long>> AppendAsync(IReadOnlyList<Entry> entries, CancellationToken cancel)
    {
        var sources = entries.Select(e => e.Source).ToHashSet(StringComparer.Ordinal);
        if (sources.Count < entries.Count) CheckRepeats(entries);
        var codes = entries.SelectMany(e => e.Postings).Select(p => p.Account.Code).ToHashSet(StringComparer.Ordinal);
        _accounts.Enter(db.Database.CurrentTransaction!.TransactionId);
        var state = await db.JournalStateAsync(sources, _accounts.Unknown(codes), cancel);
        _accounts.Learn(state.Accounts);
        var ids = state.Posted.Count == 0 ? [] : await PostedBeforeAsync(entries, state.Posted, cancel);
        var now = time.Now;
        var batch = new Batch(state.NextBatch, now, Month.Of(tenant.Zone.DateOf(now)), state.ClosedThrough, tenant.Zone);
        foreach (var entry in entries)
        {
            if (!ids.ContainsKey(entry.Source)) ids.Add(entry.Source, batch.Add(entry));
        }
        if (batch.Count > 0) await WriteAsync(batch, codes, cancel);
        return [.. entries.Select(e => ids[e.Source])];
    }

    private static void CheckRepeats(IReadOnlyList<Entry> entries)
    {
        foreach (var same in entries.GroupBy(e => e.Source, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
        {
            if (same.Skip(1).Any(e => !IsSame(e, same.First().Kind, same.First().Postings))) throw new SourceConflictException(same.Key);
        }
    }

    private async Task<Dictionary<string, long>> PostedBeforeAsync(IReadOnlyList<Entry> entries, List<long> ids, CancellationToken cancel)
    {
        var bySource = entries.DistinctBy(e => e.Source, StringComparer.Ordinal).ToDictionary(e => e.Source, StringComparer.Ordinal);
        var posted = await db.ReadEntriesAsync(db.Entries.Where(e => EF.Parameter(ids).Contains(e.Id)), cancel);
        if (posted.FirstOrDefault(p => !IsSame(bySource[p.Source], p.Kind, p.Postings)) is { } other) throw new SourceConflictException(other.Source);
        return posted.ToDictionary(p => p.Source, p => p.Id, StringComparer.Ordinal);
    }

    // When and how it was told may differ between two attempts; what it does may not.
    private static bool IsSame(Entry entry, string kind, IReadOnlyList<Posting> postings) =>
        entry.Kind == kind && entry.Postings.SequenceEqual(postings);

    private async Task WriteAsync(Batch batch, IEnumerable<string> codes, CancellationToken cancel)
    {
        if (_accounts.Unknown(codes) is { Length: > 0 } missing) _accounts.LearnMade(await MakeAccountsAsync(missing, cancel));
        var (row, postings) = (batch.Row(), batch.Postings(_accounts));
        try
        {
            await db.InsertAsync(
                [
                    Bulk.Batches.Of([row]), Bulk.Unsealed.Of([new() { BatchId = row.Id, Movements = Batch.Movements(postings) }]),
                    Bulk.Entries.Of(batch.Entries()), Bulk.Postings.Of(postings),
                ], cancel);
        }
        catch (Exception e) when (Transaction.IsDuplicate(e))
        {
            throw new LostRaceException(e);
        }
    }

    private async Task<Dictionary<string, int>> MakeAccountsAsync(string[] codes, CancellationToken cancel)
    {
        // In one order, so that two who make the same accounts wait for each other and not in a circle.
        await AddAccountsAsync([.. codes.Order(StringComparer.Ordinal)], cancel);
        return await db.Accounts.AsNoTracking().Where(a => EF.Parameter(codes).Contains(a.Code))
            .ToDictionaryAsync(a => a.Code, a => a.Id, StringComparer.Ordinal, cancel);
    }

    private async Task AddAccountsAsync(string[] codes, CancellationToken cancel)
    {
        if (db.Engine == Engine.Postgres)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into ledger_account (tenant_id, id, code)
                select {db.CurrentTenant.Value}, nextval('ledger_account_id'), c.code from unnest({codes}) with ordinality c (code, place) order by c.place
                on conflict (tenant_id, code) do nothing
                """, cancel);
            return;
        }
        var last = await db.Accounts.MaxAsync(a => (int?)a.Id, cancel) ?? 0;
        await Bulk.Accounts.RunAsync(db, [.. codes.Select((code, i) => new AccountRow { Id = last + i + 1, Code = code })], cancel);
    }
}
