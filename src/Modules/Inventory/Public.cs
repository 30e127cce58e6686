namespace HaoSuan.Inventory;

/// <summary>Where a card is in its life. From InStock onwards; see <see cref="Cards.MoveAsync"/> for the moves there are.</summary>
public enum CardState
{
    InStock,
    Allocated,
    Shipped,
    Delivered,
    Activated,
    Returned,
    Scrapped,
}

/// <summary>A card (卡) by the number printed on it.</summary>
/// <param name="Place">The warehouse or shelf where it was received.</param>
public sealed record Card(string Iccid, ProductId ProductId, string Place, CardState State, OrderId? OrderId, Instant ReceivedAt);

/// <summary>One step in a card's life.</summary>
/// <param name="From">Null for its receipt.</param>
/// <param name="Actor">Who moved it, as the audit names people: never a person's name.</param>
public sealed record CardMove(CardState? From, CardState To, OrderId? OrderId, string Reason, string Actor, Instant At);

/// <summary>How many cards of a product are in a state.</summary>
public sealed record StockLevel(ProductId ProductId, CardState State, int Count);

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
/// <param name="Supplement">What it costs on top of the product's price.</param>
public sealed record PoolNumber(string Number, Money Supplement, NumberPattern Pattern);

/// <summary>A number as the office sees it.</summary>
public sealed record PooledNumber(PoolNumber Number, ProductId ProductId, Instant? ReservedUntil, OrderId? OrderId);

/// <summary>Which numbers are asked for. All that is given must hold.</summary>
/// <param name="Ends">The last digits.</param>
/// <param name="Contains">Digits anywhere.</param>
public sealed record NumberSearch(string? Ends = null, string? Contains = null, NumberPattern? Pattern = null);

/// <summary>A number that is kept for somebody who is filling in a form.</summary>
public sealed record Reservation(string Number, Money Supplement, Instant Until);

/// <summary>A card has come back from its order: somebody has to inspect it.</summary>
public sealed record CardReturned(string Iccid, ProductId ProductId) : IEvent;

/// <summary>An order has taken the last card of a product that was in stock.</summary>
public sealed record StockRanOut(ProductId ProductId, string Iccid) : IEvent;
