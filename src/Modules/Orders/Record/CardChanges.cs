using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>The facts by which an order gets another card, and those of a parcel that did not arrive.</summary>
internal static class CardChanges
{
    public const string Exchanged = "exchanged";
    public const string Changed = "card_changed";
    public const string Reshipped = "reshipped";
    public const string Lost = "lost";

    /// <summary>Who takes back what is told of a card or parcel that the order has no more.</summary>
    public const string Source = "card-changes";

    public static bool IsOne(string kind) => kind is Exchanged or Changed or Reshipped;

    /// <summary>A parcel that came back without having been taken: the order ends by it.</summary>
    public static bool EndsParcel(string kind) => kind is "refused" or "rejected" or "returned";

    /// <summary>It did not arrive.</summary>
    public static bool IsOfParcel(string kind) => EndsParcel(kind) || kind == Lost;

    /// <summary>Which card of the order was named before this one; null where none was.</summary>
    public static string? Before(string iccid, IEnumerable<Fact> facts) =>
        facts.Select(f => f.Attribute("iccid")?.Text).LastOrDefault(told => told is not null && !Identities.SameIccid(told, iccid));

    /// <summary>
    /// Whether a parcel that is told not to have arrived is one whose place another one has taken since: what happened before that, and what names
    /// the card or the parcel of before. It comes late, and must not end the order whose new card is on its way or in service.
    /// </summary>
    /// <param name="told">What is told.</param>
    /// <param name="known">What the order knows, as it happened.</param>
    public static bool IsOfFormerParcel(Fact told, IReadOnlyList<Fact> known)
    {
        if (known.LastOrDefault(f => IsOne(f.Kind)) is not { } sent) return false;
        return told.At < sent.At || Former("iccid") || Former("tracking_no");

        bool Former(string name) => told.Attribute(name)?.Text is { } value && !IsSame(value, sent.Attribute(name)?.Text)
            && known.Any(f => f.Id != told.Id && f.At <= sent.At
                && (IsSame(value, f.Attribute(name)?.Text) || IsSame(value, f.Attribute($"old_{name}")?.Text)));
    }

    private static bool IsSame(string value, string? other) => other is not null && Identities.SameIccid(value, other);
}
