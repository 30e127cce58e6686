namespace HaoSuan.Inventory;

/// <summary>Where a card is in its life. From InStock onwards; see <see cref="Cards.MoveAsync"/> for the moves there are.</summary>
public enum CardState
{
    InStock,

    /// <summary>On its way to the warehouse that it is booked in.</summary>
    InTransit,

    Allocated,
    Shipped,
    Delivered,
    Activated,

    /// <summary>Another card has taken its place at its order, and it is to come back from the consumer.</summary>
    Recalled,

    Returned,
    Scrapped,

    /// <summary>Lost on its way between warehouses or to and from a consumer, or missing in a stocktake; it may turn up again.</summary>
    Lost,
}

/// <summary>A card (卡) by the number printed on it.</summary>
/// <param name="ProductId">What it is for; null while it is not allocated to a product (未配卡).</param>
/// <param name="Place">The warehouse that it is in, is on its way to, or has left last.</param>
public sealed record Card(string Iccid, ProductId? ProductId, string Place, CardState State, OrderId? OrderId, Instant ReceivedAt);

/// <summary>An ICCID of a sheet or of typed lines, and the line it stands in.</summary>
public sealed record CardLine(int Line, string Iccid)
{
    /// <summary>Lines in the sequence of these ICCIDs.</summary>
    public static IReadOnlyList<CardLine> Of(params IEnumerable<string> iccids) => [.. iccids.Select((iccid, i) => new CardLine(i + 1, iccid))];
}

/// <summary>One step in a card's life.</summary>
/// <param name="From">Null for its receipt; the same as <paramref name="To"/> where it was given to another product or place.</param>
/// <param name="Place">Where it was from then on, and <paramref name="ProductId"/> what for; null: not told, the step is old.</param>
/// <param name="Actor">Who moved it, as the audit names people: never a person's name.</param>
public sealed record CardMove(
    CardState? From, CardState To, string? Place, ProductId? ProductId, OrderId? OrderId, string Reason, string Actor, Instant At);

/// <summary>A card that has taken another one's place at an order (换卡). Either may be a card of the upstream, which our stock does not know.</summary>
public sealed record CardReplacement(string OldIccid, string NewIccid, OrderId OrderId, string Reason, Instant At);

/// <summary>How many cards of a product are in a state, in a warehouse or out of it.</summary>
public sealed record StockLevel(string Place, ProductId? ProductId, CardState State, int Count);

/// <summary>A warehouse (仓库). A closed one takes nothing in.</summary>
public sealed record Warehouse(string Name, Instant OpenedAt, Instant? ClosedAt);

/// <summary>Cards sent from one warehouse to another (调拨).</summary>
/// <param name="OnTheWay">How many have neither arrived nor been given up.</param>
public sealed record Transfer(
    Guid Id, string From, string To, string Note, string SentBy, Instant SentAt, int Cards, int OnTheWay, int Lost);

/// <summary>What has become of a card of a transfer.</summary>
public enum TransferOutcome
{
    OnTheWay,
    Arrived,
    Lost,
}

/// <summary>A card of a transfer.</summary>
public sealed record TransferCard(string Iccid, TransferOutcome Outcome, Instant? SettledAt);

/// <summary>What a receipt or an import brought.</summary>
/// <param name="Known">Those that were there before.</param>
public sealed record Received(int Added, int Known);

/// <summary>
/// The pattern at the tail of a phone number (尾号规律), the rarest one that fits, so that patterns exclude each other:
/// 8888 is AAAA and not AABB.
/// </summary>
public enum NumberPattern
{
    Plain,

    /// <summary>对子: 66.</summary>
    AA,

    /// <summary>三顺: 789 or 987.</summary>
    ABC,

    /// <summary>6868.</summary>
    ABAB,

    /// <summary>6688.</summary>
    AABB,

    /// <summary>三连: 666.</summary>
    AAA,

    /// <summary>四连带一: 66668.</summary>
    AAAAB,

    /// <summary>四顺以上: 6789, 9876.</summary>
    ABCD,

    /// <summary>668899.</summary>
    AABBCC,

    /// <summary>四连: 6666.</summary>
    AAAA,

    /// <summary>五连以上: 66666.</summary>
    AAAAA,
}

/// <summary>A number of the pool (号码池). Numbers nobody has yet are not personal data.</summary>
/// <param name="Supplement">What it costs on top of the product's price: what the import has named, else what the rule says.</param>
/// <param name="Rule">The rule for its pattern that is in force, where there is one.</param>
public sealed record PoolNumber(string Number, Money Supplement, NumberPattern Pattern, NumberRule? Rule)
{
    /// <summary>What it costs and binds to; null where it is like any other number.</summary>
    public PinnedTerms? Terms => Rule is null && Supplement.IsZero
        ? null
        : new(Pattern, (Rule?.Terms ?? NumberTerms.None) with { Supplement = Supplement }, Rule?.Id);
}

/// <summary>A number as the office sees it.</summary>
public sealed record PooledNumber(PoolNumber Number, ProductId ProductId, Instant? ReservedUntil, OrderId? OrderId);

/// <summary>A page of numbers.</summary>
/// <param name="Page">Which one, from 1.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record PooledNumbers(int Page, IReadOnlyList<PooledNumber> Numbers, int Total);

/// <summary>What a number costs on top of its product's price.</summary>
public enum NumberPrice
{
    None,

    /// <summary>Up to 100 yuan.</summary>
    To100,

    To500,
    To1000,
    Over1000,
}

/// <summary>Which numbers are asked for. All that is given must hold. In digits, "?" is one digit, whichever.</summary>
/// <param name="Ends">The last digits; of eleven places, the whole number: 138????8888.</param>
/// <param name="Contains">Digits anywhere.</param>
/// <param name="Without4">No digit is a 4.</param>
public sealed record NumberSearch(
    string? Ends = null, string? Contains = null, NumberPattern? Pattern = null, bool Without4 = false, NumberPrice? Price = null);

/// <summary>A number that is kept for somebody who is filling in a form.</summary>
public sealed record Reservation(PoolNumber Number, Instant Until);

/// <summary>A card has come back from its order: somebody has to inspect it.</summary>
public sealed record CardReturned(string Iccid, ProductId? ProductId) : IEvent;

/// <summary>Cards of a transfer were given up as lost.</summary>
public sealed record CardsLost(Guid Transfer, string From, string To, int Cards) : IEvent;

/// <summary>An order has taken the last card of a product that was in stock.</summary>
public sealed record StockRanOut(ProductId ProductId, string Iccid) : IEvent;
