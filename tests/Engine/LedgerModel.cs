using HaoSuan.Ledger;

namespace HaoSuan.Tests.Engine;

/// <summary>A plain ledger in memory: what the real one should answer to the same requests. It knows no batches, seals or balances kept.</summary>
internal sealed class LedgerModel(Zone zone)
{
    private readonly List<ModelEntry> _entries = [];
    private Month? _closedThrough;

    public IReadOnlyList<ModelEntry> Entries => _entries;

    public Month? ClosedThrough => _closedThrough;

    /// <summary>All or nothing: "" when everything is posted now or was before, else the type of the exception.</summary>
    public string Post(IReadOnlyList<Entry> entries, Instant now)
    {
        if (entries.Any(e => e.Postings.Sum(p => p.Amount.Minor) != 0 || e.Postings.Count < 2 || e.Postings.Any(p => p.Amount.IsZero)))
            return nameof(ArgumentException);
        var known = _entries.ToDictionary(e => e.Entry.Source, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!known.TryAdd(entry.Source, new(entry, PeriodOf(entry.At, now))) && !SameMovement(known[entry.Source].Entry, entry))
                return nameof(SourceConflictException);
        }
        foreach (var entry in entries.DistinctBy(e => e.Source).Where(e => _entries.TrueForAll(p => p.Entry.Source != e.Source)))
            _entries.Add(known[entry.Source]);
        return "";
    }

    public string Close(Month month, Instant now)
    {
        if (month <= _closedThrough) return "ledger.month_is_closed";
        if (month >= MonthOf(now)) return "ledger.month_not_over";
        _closedThrough = month;
        return "";
    }

    public string Reopen(Month month)
    {
        if (month != _closedThrough) return "ledger.not_the_last_closed";
        _closedThrough = month + -1;
        return "";
    }

    /// <summary>Debit positive.</summary>
    public Dictionary<Account, long> Balances() => Postings().GroupBy(p => p.Account).ToDictionary(g => g.Key, g => g.Sum(p => p.Amount));

    public Dictionary<(Account Account, Month Period), (long Debits, long Credits)> Movements() => Postings().GroupBy(p => (p.Account, p.Period))
        .ToDictionary(g => g.Key, g => (g.Sum(p => Math.Max(0, p.Amount)), g.Sum(p => Math.Max(0, -p.Amount))));

    /// <summary>The balance at the end of a month.</summary>
    public long BalanceAt(Account account, Month end) => Postings().Where(p => p.Account == account && p.Period <= end).Sum(p => p.Amount);

    private IEnumerable<(Account Account, Month Period, long Amount)> Postings() =>
        _entries.SelectMany(e => e.Entry.Postings.Select(p => (p.Account, e.Period, p.Amount.Minor)));

    private Month PeriodOf(Instant at, Instant now)
    {
        var happened = MonthOf(at < now ? at : now);
        return happened > _closedThrough ? happened : _closedThrough is { } closed ? closed + 1 : happened;
    }

    private Month MonthOf(Instant at) => Month.Of(zone.DateOf(at));

    private static bool SameMovement(Entry a, Entry b) => a.Kind == b.Kind && a.Postings.SequenceEqual(b.Postings);
}

internal sealed record ModelEntry(Entry Entry, Month Period);
