using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>A shadow run (试算): history settled by a version that is not live, beside what it was really settled by.</summary>
public readonly record struct ShadowRunId(Guid Value) : IId<ShadowRunId>
{
    public static ShadowRunId From(Guid value) => new(value);
}

/// <summary>What is asked of <see cref="StartShadowRun"/>: the orders placed in these months, as of an instant (null: now).</summary>
public sealed record NewShadowRun(ProductId ProductId, int Version, Month First, Month Last, Instant? AsOf = null)
{
    /// <summary>For stages that have no rates yet.</summary>
    public IReadOnlyList<SupposedRate> Rates { get; init; } = [];
}

/// <summary>What a stage is supposed to pay where a distributor has no rate for it: those of the first level, and those below.</summary>
public sealed record SupposedRate(string Stage, Rate Top, Rate Child);

/// <summary>Why an order comes to something else.</summary>
public enum ShadowReason
{
    /// <summary>新达成.</summary>
    Earned,

    /// <summary>不再达成.</summary>
    NotEarned,

    /// <summary>金额变动.</summary>
    Amount,

    /// <summary>扣回不同, a penalty included.</summary>
    Clawback,

    /// <summary>解冻提前.</summary>
    ReleasedEarlier,

    /// <summary>解冻推后.</summary>
    ReleasedLater,

    /// <summary>试算不能结算: the draft refuses the order.</summary>
    Refused,

    /// <summary>现行不能结算: only the live version refuses it.</summary>
    LiveRefused,

    /// <summary>奖励张数增加: a distributor's month has more cards for a bonus (阶梯奖励).</summary>
    MoreCards,

    /// <summary>奖励张数减少.</summary>
    FewerCards,
}

/// <summary>What orders come to on one side: the live version's, or the draft's.</summary>
/// <param name="Penalty">Below zero.</param>
/// <param name="Available">What of all commission is released.</param>
/// <param name="Bonus">The bonuses that differ: all that a distributor gets for such a month, with the cards of other orders.</param>
public sealed record ShadowSide(Money Upstream, Money Sale, Money Spread, Money Peer, Money Penalty, Money Available, Money Bonus = default)
{
    public static readonly ShadowSide Nothing = new(default, default, default, default, default, default);

    public Money Commission => Sale + Spread + Peer + Penalty + Bonus;
    public Money Margin => Upstream - Commission;

    public static ShadowSide operator +(ShadowSide a, ShadowSide b) => new(
        a.Upstream + b.Upstream, a.Sale + b.Sale, a.Spread + b.Spread, a.Peer + b.Peer, a.Penalty + b.Penalty, a.Available + b.Available,
        a.Bonus + b.Bonus);

    public static ShadowSide operator -(ShadowSide a, ShadowSide b) => new(
        a.Upstream - b.Upstream, a.Sale - b.Sale, a.Spread - b.Spread, a.Peer - b.Peer, a.Penalty - b.Penalty, a.Available - b.Available,
        a.Bonus - b.Bonus);
}

/// <summary>What upstream and distributors get.</summary>
public readonly record struct ShadowAmounts(Money Upstream, Money Commission)
{
    public static ShadowAmounts operator +(ShadowAmounts a, ShadowAmounts b) => new(a.Upstream + b.Upstream, a.Commission + b.Commission);
    public static ShadowAmounts operator -(ShadowAmounts a, ShadowAmounts b) => new(a.Upstream - b.Upstream, a.Commission - b.Commission);
}

/// <summary>One reason, over all orders (or bonuses of a distributor's month): how many it touches, and what it makes of the amounts.</summary>
public sealed record ShadowCause(ShadowReason Reason, int Orders, ShadowAmounts Change);

/// <summary>A stage on both sides, and how many instances of it are earned. Penalties stand under an empty key.</summary>
public sealed record ShadowStage(string Key, string Name, int LiveEarned, int DraftEarned, ShadowAmounts Live, ShadowAmounts Draft);

/// <summary>A distributor on both sides.</summary>
/// <param name="Orders">In how many orders its commission changes.</param>
public sealed record ShadowShare(DistributorId Distributor, int Orders, Money Live, Money Draft)
{
    /// <summary>What of the difference are bonuses.</summary>
    public Money Bonus { get; init; }
}

/// <summary>A bonus on both sides, over the distributors' months in which it differs.</summary>
public sealed record ShadowBonusSum(string Bonus, int Months, Money Live, Money Draft);

/// <summary>A bonus of a distributor's month that comes to something else: the cards as they are booked, and as the version makes them.</summary>
public sealed record ShadowBonus(string Bonus, Month Month, DistributorId Distributor, int LiveCards, int DraftCards, Money Live, Money Draft)
{
    public ShadowReason Reason => DraftCards > LiveCards ? ShadowReason.MoreCards : ShadowReason.FewerCards;
}

/// <summary>Where the rates of a stage came from that the orders have not pinned: how many orders by each.</summary>
public sealed record ShadowRates(string Stage, int Current, int Supposed);

/// <summary>What a shadow run has found. Orders that either side refuses are in no sum.</summary>
public sealed record ShadowOutcome(
    ShadowSide Live, ShadowSide Draft, IReadOnlyList<ShadowCause> Causes, IReadOnlyList<ShadowStage> Stages,
    IReadOnlyList<ShadowShare> Shares, IReadOnlyList<ShadowRates> Rates)
{
    public static readonly ShadowOutcome Nothing = new(ShadowSide.Nothing, ShadowSide.Nothing, [], [], [], []);

    /// <summary>Bonuses (阶梯奖励), by key.</summary>
    public IReadOnlyList<ShadowBonusSum> Bonuses { get; init; } = [];

    public ShadowSide Change => Draft - Live;
}

/// <summary>A shadow run, finished or not.</summary>
/// <param name="Scheme">The version as it was then, as JSON.</param>
/// <param name="FinishedAt">Null while it is under way.</param>
/// <param name="Expected">How many orders there are to compare.</param>
/// <param name="Orders">How many were compared.</param>
/// <param name="Changed">How many of them come to something else.</param>
/// <param name="Refused">How many of them the draft could not settle.</param>
public sealed record ShadowRun(
    ShadowRunId Id, ProductId ProductId, int Version, string Scheme, Month First, Month Last, Instant AsOf, Instant StartedAt, string StartedBy,
    Instant? FinishedAt, int Expected, int Orders, int Changed, int Refused, ShadowOutcome Outcome)
{
    /// <summary>When its single orders and bonuses were removed; null: they are there.</summary>
    public Instant? DetailsRemovedAt { get; init; }
}

/// <summary>Why an order comes to something else, for one instance of a stage.</summary>
/// <param name="Stage">Its name; empty for a penalty.</param>
/// <param name="Instance">Which of a repeating stage, else empty.</param>
/// <param name="At">When it was earned.</param>
/// <param name="Live">What it came to.</param>
/// <param name="Draft">What it comes to.</param>
public sealed record ShadowFinding(
    ShadowReason Reason, string Stage, string Instance, Instant? At, ShadowAmounts Live, ShadowAmounts Draft)
{
    /// <summary>When it was released; null: not known.</summary>
    public Instant? LiveRelease { get; init; }

    /// <summary>When it would be released; null: not known.</summary>
    public Instant? DraftRelease { get; init; }

    /// <summary>What was kept of it, like <c>30/90</c>; null where clawback is not what differs.</summary>
    public string? LiveKept { get; init; }

    public string? DraftKept { get; init; }
}

/// <summary>An order that comes to something else, or that the draft refuses.</summary>
/// <param name="Refusal">Why a side could not settle it.</param>
public sealed record ShadowOrder(
    OrderId OrderId, string OrderNo, Instant OrderedAt, ShadowAmounts Live, ShadowAmounts Draft, Refusal? Refusal,
    IReadOnlyList<ShadowFinding> Findings);

/// <summary>The next part of a shadow run is to be compared: what the outbox carries from part to part.</summary>
public sealed record ShadowPartDue(ShadowRunId Run, int Part) : IEvent;
