namespace HaoSuan.Inventory;

/// <summary>How far a stocktake is.</summary>
public enum StocktakeState
{
    Counting,

    /// <summary>Counted and compared: its differences are being decided.</summary>
    Deciding,
    Closed,
}

/// <summary>How a counted warehouse differs from the books.</summary>
public enum CountDifference
{
    /// <summary>盘亏: by the books it lies there, and was not counted.</summary>
    Missing,

    /// <summary>盘盈: counted, and the books know no such card.</summary>
    Surplus,

    /// <summary>串仓: counted, and by the books it is in another place, or with a consumer.</summary>
    Elsewhere,
}

/// <summary>What was decided on a difference.</summary>
public enum CountDecision
{
    /// <summary>The books follow the count.</summary>
    Book,

    /// <summary>The books are right: miscounted, explained otherwise, or moved meanwhile.</summary>
    Leave,
}

/// <summary>A count of a warehouse's cards (盘点).</summary>
public sealed record Stocktake(
    Guid Id, string Place, StocktakeState State, string StartedBy, Instant StartedAt, Instant? ComparedAt, Instant? ClosedAt, int Expected, int Counted,
    int Differences, int Undecided);

/// <summary>A card on which a count and the books differ, and what was decided.</summary>
/// <param name="BookState">By the books when it was compared; null where they did not know it.</param>
public sealed record CountedDifference(
    string Iccid, CountDifference Kind, CardState? BookState, string? BookPlace, CountDecision? Decision, string? Reason, string? DecidedBy,
    Instant? DecidedAt);

/// <summary>A stocktake was compared with the books, or is closed: each department whose policy it is hears of it.</summary>
public sealed record StocktakeCompared(Guid Id, string Policy, string Place, int Missing, int Surplus, int Elsewhere) : IEvent;

/// <summary>All differences of a stocktake are decided, and booked where the books were wrong.</summary>
public sealed record StocktakeClosed(Guid Id, string Policy, string Place, int Booked, int Left) : IEvent;
