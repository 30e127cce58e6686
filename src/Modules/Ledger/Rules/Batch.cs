namespace HaoSuan.Ledger;

/// <summary>Entries that follow a head, numbered and chained.</summary>
internal sealed class Batch(HeadRow head, Instant postedAt)
{
    private readonly List<(long Number, IReadOnlyList<Posting> Postings)> _postings = [];

    public List<EntryRow> Entries { get; } = [];

    public Instant PostedAt => postedAt;

    public long LastNumber { get; private set; } = head.Number;

    public byte[] LastHash { get; private set; } = head.Hash;

    public long Add(Entry entry)
    {
        LastNumber++;
        LastHash = Chain.Next(LastHash, LastNumber, entry, postedAt);
        Entries.Add(new()
        {
            Number = LastNumber,
            Kind = entry.Kind,
            Source = entry.Source,
            At = entry.At,
            PostedAt = postedAt,
            Memo = entry.Memo,
            OrderId = entry.OrderId,
            Hash = LastHash,
        });
        _postings.Add((LastNumber, entry.Postings));
        return LastNumber;
    }

    /// <summary>What the batch adds to each account; an account that it leaves as it was is there too, with zero.</summary>
    public Dictionary<Account, Money> Movements()
    {
        var movements = new Dictionary<Account, Money>();
        foreach (var (account, amount) in _postings.SelectMany(p => p.Postings))
        {
            movements[account] = movements.GetValueOrDefault(account) + amount;
        }
        return movements;
    }

    public List<PostingRow> Postings(Dictionary<Account, int> accounts) =>
    [
        .. from entry in _postings
           from posting in entry.Postings.Index()
           select new PostingRow
           {
                  EntryNumber = entry.Number,
               Line = posting.Index + 1,
               AccountId = accounts[posting.Item.Account],
               Amount = posting.Item.Amount,
           },
    ];
}
