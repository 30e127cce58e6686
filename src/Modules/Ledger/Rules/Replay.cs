namespace HaoSuan.Ledger;

/// <summary>
/// Replays the books entry by entry as if they were written anew, and notes whatever is not as it was written. After a fault it
/// goes on from what is there, so that one change is told once and not for all that follow.
/// </summary>
internal sealed class Replay
{
    private readonly List<Refusal> _findings = [];
    private readonly Dictionary<string, Int128> _balances = new(StringComparer.Ordinal);
    private long _entries;
    private long _postings;
    private long _last;
    private byte[]? _hash = Chain.Genesis;     // null after a gap: what the next entry was chained to is gone
    private Instant _postedAt = Instant.MinValue;

    public void Take(long number, Entry entry, Instant postedAt, byte[] hash)
    {
        TakeNumber(number);
        if (_hash is not null && !Chain.Next(_hash, number, entry, postedAt).AsSpan().SequenceEqual(hash)) Find("ledger.hash_differs", number);
        var sum = Balanced.Sum(entry);
        if (sum != 0) Find("ledger.unbalanced", number, Amount(sum));
        if (postedAt < _postedAt) Find("ledger.posted_back_in_time", number);
        foreach (var (account, amount) in entry.Postings)
        {
            _balances[account.Code] = _balances.GetValueOrDefault(account.Code) + amount.Minor;
        }
        (_entries, _postings) = (_entries + 1, _postings + entry.Postings.Count);
        (_last, _hash, _postedAt) = (number, hash, postedAt);
    }

    public void TakeStray(long number) => Find("ledger.postings_without_entry", number);

    public Verification Finish(HeadRow? head, IReadOnlyDictionary<string, Money> kept)
    {
        CompareHead(head);
        foreach (var code in _balances.Keys.Union(kept.Keys).Order(StringComparer.Ordinal))
        {
            var (replayed, balance) = (_balances.GetValueOrDefault(code), kept.GetValueOrDefault(code));
            if (replayed != balance.Minor) Find("ledger.balance_differs", code, balance, Amount(replayed));
        }
        return new(_entries, _postings, Convert.ToHexStringLower(head?.Hash ?? Chain.Genesis), _findings);
    }

    private void TakeNumber(long number)
    {
        var expected = _last + 1;
        if (number == expected) return;
        if (number > expected) Missing(expected, number - 1);
        else Find("ledger.number_not_from_1", number);
        _hash = null;
    }

    private void CompareHead(HeadRow? head)
    {
        var last = head?.Number ?? 0;
        if (last > _last) Missing(_last + 1, last);
        else if (last < _last) Find("ledger.head_differs", _last, last);
        else if (head is not null && _hash is not null && !_hash.AsSpan().SequenceEqual(head.Hash)) Find("ledger.head_differs", _last, last);
    }

    private void Missing(long first, long last) => Find("ledger.entries_missing", first, last);

    private void Find(string code, params object[] arguments) => _findings.Add(new(code, arguments));

    private static object Amount(Int128 minor) =>
        minor >= long.MinValue && minor <= long.MaxValue ? new Money((long)minor) : minor;
}
