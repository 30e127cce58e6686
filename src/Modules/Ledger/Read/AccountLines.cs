namespace HaoSuan.Ledger;

/// <summary>Accounts line by line (明细账): what entries have moved on some accounts that belong together, by label.</summary>
public sealed class AccountLines(Db db, TenantScope tenant)
{
    /// <summary>The newest first. Lines of entries of these kinds only.</summary>
    public Task<IReadOnlyList<AccountMovement>> NewestAsync(
        IReadOnlyList<Account> accounts, IReadOnlyList<string> kinds, int skip, int take, CancellationToken cancel = default) =>
        ReadAsync(accounts, kinds, (lines, _) => lines.OrderByDescending(g => g.EntryId).ThenBy(g => g.Label).Skip(skip).Take(take), cancel);

    /// <summary>Those booked in a month, by id.</summary>
    public async Task<IReadOnlyList<AccountMovement>> OfMonthAsync(
        IReadOnlyList<Account> accounts, IReadOnlyList<string> kinds, Month month, CancellationToken cancel = default)
    {
        var (first, last) = await db.EntriesOfAsync(month, tenant.Zone, cancel);
        return await ReadAsync(accounts, kinds, (lines, entries) =>
        {
            var booked = entries.Where(e => e.Period == month);
            return lines.Where(g => g.EntryId >= first && g.EntryId <= last && booked.Any(e => e.Id == g.EntryId))
                .OrderBy(g => g.EntryId).ThenBy(g => g.Label);
        }, cancel);
    }

    /// <summary>How many lines there are.</summary>
    public async Task<int> CountAsync(IReadOnlyList<Account> accounts, IReadOnlyList<string> kinds, CancellationToken cancel = default) =>
        await Lines([.. (await IdsAsync(accounts, cancel)).Values], kinds).CountAsync(cancel);

    /// <summary>What entries of these kinds that happened since then have moved, debit positive.</summary>
    public async Task<Money> SumSinceAsync(
        IReadOnlyList<Account> accounts, IReadOnlyList<string> kinds, Instant since, CancellationToken cancel = default)
    {
        var ids = (await IdsAsync(accounts, cancel)).Values.ToList();
        var entries = db.Entries.Where(e => kinds.Contains(e.Kind) && e.At >= since);
        return new(await db.Postings.Where(p => ids.Contains(p.AccountId) && entries.Any(e => e.Id == p.EntryId)).SumAsync(p => p.Amount.Minor, cancel));
    }

    private async Task<IReadOnlyList<AccountMovement>> ReadAsync(
        IReadOnlyList<Account> accounts, IReadOnlyList<string> kinds,
        Func<IQueryable<Line>, IQueryable<EntryRow>, IQueryable<Line>> choose, CancellationToken cancel)
    {
        var ids = await IdsAsync(accounts, cancel);
        var lines = await choose(Lines([.. ids.Values], kinds), db.Entries).ToListAsync(cancel);
        var numbers = lines.Select(l => l.EntryId).Distinct().ToList();
        var entries = await db.Entries.AsNoTracking().Where(e => EF.Parameter(numbers).Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancel);
        var batches = await db.BatchesOfAsync(numbers, cancel);
        var amounts = await AmountsAsync([.. ids.Values], numbers, cancel);
        return [.. lines.Select(l =>
        {
            var (entry, (postedAt, first)) = (entries[l.EntryId], batches[Batch.BatchOf(l.EntryId)]);
            return new AccountMovement(
                l.EntryId, first + Batch.PositionOf(l.EntryId), entry.Period, entry.Kind, entry.At, postedAt, entry.Memo, entry.OrderId, l.Label,
                [.. accounts.Select(a => new Money(amounts[(l.EntryId, l.Label, ids.GetValueOrDefault(a.Code))].Sum()))]);
        })];
    }

    private IQueryable<Line> Lines(List<int> accounts, IReadOnlyList<string> kinds)
    {
        var entries = db.Entries.Where(e => kinds.Contains(e.Kind));
        return db.Postings.Where(p => accounts.Contains(p.AccountId) && entries.Any(e => e.Id == p.EntryId))
            .GroupBy(p => new { p.EntryId, p.Label }).Select(g => new Line { EntryId = g.Key.EntryId, Label = g.Key.Label });
    }

    private async Task<ILookup<(long, string, int), long>> AmountsAsync(List<int> accounts, List<long> entries, CancellationToken cancel) =>
        (await db.Postings.Where(p => accounts.Contains(p.AccountId) && EF.Parameter(entries).Contains(p.EntryId))
            .Select(p => new { p.EntryId, p.Label, p.AccountId, p.Amount.Minor }).ToListAsync(cancel))
        .ToLookup(p => (p.EntryId, p.Label, p.AccountId), p => p.Minor);

    private Task<Dictionary<string, int>> IdsAsync(IReadOnlyList<Account> accounts, CancellationToken cancel)
    {
        var codes = accounts.Select(a => a.Code).ToList();
        return db.Accounts.Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Id, cancel);
    }

    private sealed class Line
    {
        public long EntryId { get; init; }
        public required string Label { get; init; }
    }
}
