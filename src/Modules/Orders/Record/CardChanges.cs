using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>The facts by which an order gets another card, and those of a parcel that did not arrive.</summary>
internal static class CardChanges
{
    public const string Exchanged = "exchanged";
    public const string Changed = "card_changed";
    public const string Reshipped = "reshipped";
    public const string Lost = "lost";

    public static bool IsOne(string kind) => kind is Exchanged or Changed or Reshipped;

    /// <summary>A parcel that came back without having been taken: the order ends by it.</summary>
    public static bool EndsParcel(string kind) => kind is "refused" or "rejected" or "returned";

    /// <summary>Which card of the order was named before this one; null where none was.</summary>
    public static string? Before(string iccid, IEnumerable<Fact> facts) =>
        facts.Select(f => f.Attribute("iccid")?.Text).LastOrDefault(told => told is not null && !Identities.SameIccid(told, iccid));
}
