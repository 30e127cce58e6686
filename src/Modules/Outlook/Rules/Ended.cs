using HaoSuan.Settling;

namespace HaoSuan.Outlook;

/// <summary>Whether an order has ended, so that nobody can do anything for it any more.</summary>
internal static class Ended
{
    public static bool Is(IReadOnlyList<Fact> known) =>
        known.Any(f => f.Kind is FactKind.Cancelled or "returned" or "expired" or "ported_out")
        || (known.All(f => f.Kind != FactKind.Activated) && known.Any(f => f.Kind is "closed" or "rejected" or "refused"));
}
