using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace HaoSuan.Ledger;

/// <summary>The entries that one transaction posts, with their ids, periods and root.</summary>
internal sealed class Batch(long id, Instant postedAt, Month current, Month closedThrough, Zone zone)
{
    /// <summary>So many ids belong to a batch: entry = batch * 65536 + position.</summary>
    public const int MostEntries = 65536;

    private const int SaltSize = 16;
    private readonly List<(Entry Entry, Month Period)> _entries = [];

    public int Count => _entries.Count;

    public static long BatchOf(long entryId) => entryId / MostEntries;

    public static int PositionOf(long entryId) => (int)(entryId % MostEntries);

    public long Add(Entry entry)
    {
        _entries.Add((entry, PeriodOf(entry.At)));
        return IdOf(_entries.Count - 1);
    }

    public BatchRow Row()
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return new() { Id = id, Entries = Count, PostedAt = postedAt, Salt = salt, Root = new Hashes().Batch(salt, _entries) };
    }

    public List<EntryRow> Entries() => [.. _entries.Select((e, i) => new EntryRow
    {
        Id = IdOf(i),
        Period = e.Period,
        Kind = e.Entry.Kind,
        Source = e.Entry.Source,
        At = e.Entry.At,
        Memo = e.Entry.Memo,
        OrderId = e.Entry.OrderId,
    })];

    /// <summary>Sorted by account, as the index is that costs most to write.</summary>
    public PostingRow[] Postings(KnownAccounts accounts)
    {
        var rows = new PostingRow[_entries.Sum(e => e.Entry.Postings.Count)];
        var order = new long[rows.Length];     // account, place among all: numbers are sorted faster than rows
        var next = 0;
        for (var i = 0; i < _entries.Count; i++)
        {
            var postings = _entries[i].Entry.Postings;
            for (var line = 0; line < postings.Count; line++, next++)
            {
                var account = accounts[postings[line].Account.Code];
                (rows[next], order[next]) = (Row(i, line, account), ((long)account << 32) | (uint)next);
            }
        }
        Array.Sort(order, rows);
        return rows;
    }

    /// <summary>What the postings add to the balances: <see cref="UnsealedRow.Movements"/>.</summary>
    public static string Movements(PostingRow[] postings)
    {
        Dictionary<(int Account, Month Period), (long Debits, long Credits)> movements = [];
        foreach (var posting in postings)
        {
            ref var moved = ref CollectionsMarshal.GetValueRefOrAddDefault(movements, (posting.AccountId, posting.Period), out _);
            if (posting.Amount > Money.Zero) moved.Debits += posting.Amount.Minor;
            else moved.Credits -= posting.Amount.Minor;
        }
        return JsonSerializer.Serialize(movements.Select(m => new[] { m.Key.Account, m.Key.Period.Number, m.Value.Debits, m.Value.Credits }));
    }

    private PostingRow Row(int position, int line, int account)
    {
        var (entry, period) = _entries[position];
        return new()
        {
            Period = period,
            EntryId = IdOf(position),
            Line = checked((short)(line + 1)),
            AccountId = account,
            Amount = entry.Postings[line].Amount,
            Label = entry.Postings[line].Label,
        };
    }

    private long IdOf(int position) => (id * MostEntries) + position;

    // What happened in a month that is closed is booked in the first one that is not; nothing is booked in a month to come.
    private Month PeriodOf(Instant at)
    {
        var happened = at >= postedAt ? current : Month.Of(zone.DateOf(at));
        return happened > closedThrough ? happened : closedThrough + 1;
    }
}
