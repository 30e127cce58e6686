namespace HaoSuan.Settling;

/// <summary>Whether an order has ended (结束), so that nobody can do anything for it any more.</summary>
public static class Ending
{
    /// <summary>
    /// The fact that has ended it: the number or the card is gone, or it was called off, rejected or not taken before it was
    /// activated. Null while it goes on.
    /// </summary>
    public static Fact? Of(ReadOnlySpan<Fact> known)
    {
        Fact? calledOff = null;
        var isActivated = false;
        foreach (var fact in known)
        {
            if (fact.Kind is FactKind.Cancelled or "returned" or "expired" or "ported_out") return fact;
            if (fact.Kind is "closed" or "rejected" or "refused") calledOff ??= fact;
            isActivated |= fact.Kind == FactKind.Activated;
        }
        return isActivated ? null : calledOff;
    }
}
