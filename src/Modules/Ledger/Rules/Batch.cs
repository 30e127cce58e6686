using System.Security.Cryptography;

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

    public IEnumerable<string> Codes() => _entries.SelectMany(e => e.Entry.Postings).Select(p => p.Account.Code).Distinct();

    /// <summary>Sorted by account, as the index is that costs most to write.</summary>
    public List<PostingRow> Postings(Dictionary<string, int> accounts)
    {
        var rows = new List<PostingRow>(_entries.Sum(e => e.Entry.Postings.Count));
        for (var i = 0; i < _entries.Count; i++)
        {
            var postings = _entries[i].Entry.Postings;
            for (var line = 0; line < postings.Count; line++) rows.Add(Row(IdOf(i), line, postings[line], accounts));
        }
        rows.Sort((a, b) => (a.AccountId, a.EntryId).CompareTo((b.AccountId, b.EntryId)));
        return rows;
    }

    private static PostingRow Row(long entry, int line, Posting posting, Dictionary<string, int> accounts) => new()
    {
        EntryId = entry,
        Line = checked((short)(line + 1)),
        AccountId = accounts[posting.Account.Code],
        Amount = posting.Amount,
        Label = posting.Label,
    };

    private long IdOf(int position) => (id * MostEntries) + position;

    // What happened in a month that is closed is booked in the first one that is not; nothing is booked in a month to come.
    private Month PeriodOf(Instant at)
    {
        var happened = at >= postedAt ? current : Month.Of(zone.DateOf(at));
        return happened > closedThrough ? happened : closedThrough + 1;
    }
}
