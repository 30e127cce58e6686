using System.Collections.Frozen;

namespace HaoSuan.Settling;

/// <summary>
/// The kinds of facts that the trade knows. A kind is a plain word: a case file or an upstream may bring further ones, and
/// a scheme may speak of them as soon as an order has one.
/// </summary>
public static class FactKind
{
    /// <summary>The implicit first fact of every order, at its ordered_at, with the id "ordered".</summary>
    public const string Ordered = "ordered";

    /// <summary>Withdraws the fact that it names, from its own instant on.</summary>
    public const string Void = "void";

    public const string Activated = "activated";
    public const string ToppedUp = "topped_up";
    public const string Suspended = "suspended";
    public const string Resumed = "resumed";
    public const string Cancelled = "cancelled";

    /// <summary>The upstream's sheet has confirmed the stage named by the attribute "stage".</summary>
    public const string UpstreamConfirmed = "upstream_confirmed";

    public static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.Ordinal,
        Ordered, Void, "paid", "refunded",
        "submitted", "accepted", "approved", "rejected", "verified",
        "shipped", "delivered", "refused", "returned", "exchanged",
        Activated, ToppedUp, "billed", "renewed", "used",
        "in_service", "out_of_service", Suspended, Resumed, Cancelled, "expired",
        "ported_in", "ported_out", "transferred", "plan_changed", "card_changed",
        "complained", "disputed", "closed", UpstreamConfirmed, "upstream_rejected", "upstream_recalled");
}
