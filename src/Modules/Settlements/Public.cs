namespace HaoSuan.Settlements;

/// <summary>A settlement run (结算批次).</summary>
public readonly record struct RunId(Guid Value) : IId<RunId>
{
    public static RunId From(Guid value) => new(value);
}

/// <summary>结算状态 of an order: a third state beside the order's and the network's, derived from what is booked for it.</summary>
public enum SettlementState
{
    /// <summary>未结算: nothing is earned.</summary>
    None,

    /// <summary>待结算: something is earned, but held.</summary>
    Pending,

    /// <summary>已结算: what is earned is available.</summary>
    Settled,

    /// <summary>已扣回: it was booked, and is worth nothing any more.</summary>
    TakenBack,

    /// <summary>结算失败: its terms contradict each other; nothing more is booked until that is resolved.</summary>
    Refused,
}

/// <summary>What a run has done. Amounts are differences: summed over all runs they are the totals.</summary>
/// <param name="Orders">How many orders it visited.</param>
/// <param name="Refused">How many of them could not be settled.</param>
/// <param name="Entries">How many journal entries it posted.</param>
/// <param name="Sales">What consumers have paid for these orders.</param>
/// <param name="Upstream">What the upstreams owe for them.</param>
/// <param name="Commission">What distributors get for them, penalties and bonuses included.</param>
public sealed record RunReport(
    RunId Id, Instant AsOf, Instant StartedAt, Instant? FinishedAt, int Orders, int Refused, int Entries,
    Money Sales, Money Upstream, Money Commission)
{
    /// <summary>毛利 of commissions: what stays with the platform.</summary>
    public Money Margin => Upstream - Commission;
}

/// <summary>What all runs have come to.</summary>
public sealed record RunTotals(Money Sales, Money Upstream, Money Commission)
{
    public Money Margin => Upstream - Commission;
}

/// <summary>What a run has posted for one distributor.</summary>
public sealed record RunShare(DistributorId Distributor, Money Pending, Money Available, int Lines);

/// <summary>A replay that was kept.</summary>
/// <param name="Findings">What it found, in words.</param>
public sealed record KeptVerification(Instant At, long Entries, long Orders, long Waiting, string Seal, IReadOnlyList<string> Findings);

/// <summary>What a replay of everything has found: nothing, if all is as it was written.</summary>
/// <param name="Entries">How many journal entries were replayed.</param>
/// <param name="Seal">The last block's hash. Noted outside of the database, it pins all entries up to that one.</param>
/// <param name="Orders">How many orders were evaluated anew.</param>
/// <param name="Waiting">How many of them have facts that no run has seen yet: their targets are not compared.</param>
/// <param name="Findings">What is wrong: texts by <see cref="Texts"/>.</param>
public sealed record BooksVerified(long Entries, string Seal, long Orders, long Waiting, IReadOnlyList<Refusal> Findings)
{
    public bool IsSound => Findings.Count == 0;
}

/// <summary>What an upstream owes for one stage of an order, as it is booked.</summary>
/// <param name="Instance">Which of a repeating stage, else empty.</param>
/// <param name="EarnedOn">The day on which it was earned.</param>
public sealed record BookedIncome(OrderId OrderId, string OrderNo, string Stage, string Instance, DateOnly EarnedOn, Money Amount)
{
    public Month Month => Month.Of(EarnedOn);
}
