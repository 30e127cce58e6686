namespace HaoSuan.Settling;

public enum Role
{
    /// <summary>The commission of the seller.</summary>
    Sale,

    /// <summary>级差: what an ancestor's rate is above the rate below it.</summary>
    Spread,

    /// <summary>平级奖.</summary>
    Peer,

    /// <summary>A negative amount that a clawback puts on the seller.</summary>
    Penalty,

    /// <summary>阶梯奖励: spans orders.</summary>
    Bonus,
}

public enum State
{
    /// <summary>冻结: earned, but held.</summary>
    Pending,

    /// <summary>可提现.</summary>
    Available,
}

/// <summary>What an amount is booked under.</summary>
/// <param name="Order">"" for a bonus.</param>
/// <param name="Instance">"" for a stage that does not repeat; the rule's index for a penalty; the month for a bonus.</param>
public readonly record struct LineKey(string Order, string Stage, string Instance, string Distributor, Role Role, State State)
{
    /// <summary>Ordinal, by the parts in the order in which they stand, roles and states by their names.</summary>
    public static int Compare(LineKey a, LineKey b)
    {
        var c = string.CompareOrdinal(a.Order, b.Order);
        if (c == 0) c = string.CompareOrdinal(a.Stage, b.Stage);
        if (c == 0) c = string.CompareOrdinal(a.Instance, b.Instance);
        if (c == 0) c = string.CompareOrdinal(a.Distributor, b.Distributor);
        if (c == 0) c = string.CompareOrdinal(a.Role.Name(), b.Role.Name());
        return c != 0 ? c : string.CompareOrdinal(a.State.Name(), b.State.Name());
    }
}

/// <summary>A line of a target: who is entitled to what, since when, and from when it can be paid out (null: not yet known).</summary>
public readonly record struct Line(LineKey Key, Money Amount, Instant EarnedAt, Instant? ReleasesAt);

/// <summary>The names of roles and states in files and in the ledger.</summary>
public static class LineNames
{
    public static string Name(this Role role) => role switch
    {
        Role.Sale => "sale",
        Role.Spread => "spread",
        Role.Peer => "peer",
        Role.Penalty => "penalty",
        Role.Bonus => "bonus",
    };

    public static string Name(this State state) => state switch
    {
        State.Pending => "pending",
        State.Available => "available",
    };
}
