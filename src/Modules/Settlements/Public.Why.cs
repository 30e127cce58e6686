using HaoSuan.Orders;
using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>Why an order has brought what it has, and what is still missing until when.</summary>
/// <param name="OrderedAt">When it was placed: the scheme's version of that instant counts.</param>
/// <param name="Amounts">What is booked for whoever looks (for the operator: for everybody).</param>
/// <param name="IsDue">Something has changed since: the next run books it.</param>
/// <param name="EndedBy">The fact with which the order has ended: what is missing is not expected any more.</param>
/// <param name="Facts">What is known, numbered as the texts name it.</param>
public sealed record OrderWhy(
    OrderId OrderId, string OrderNo, ProductId ProductId, int SchemeVersion, Instant OrderedAt, Instant AsOf, SettlementState State,
    (Money Pending, Money Available) Amounts, bool IsDue, Refusal? Refusal, FactSeen? EndedBy,
    IReadOnlyList<StageWhy> Stages, IReadOnlyList<PenaltyWhy> Penalties, IReadOnlyList<FactSeen> Facts);

public enum StageState
{
    /// <summary>已达成.</summary>
    Earned,

    /// <summary>已扣回: it was earned, and a clawback has left nothing of it.</summary>
    TakenBack,

    /// <summary>未达成: something is missing that can still come.</summary>
    Open,

    /// <summary>不能再达成.</summary>
    Lost,
}

/// <summary>A stage, whether or not it has brought anything: its conditions with their evidence, and what was earned.</summary>
/// <param name="Amount">What it has brought the viewer (the operator: everybody together) by the latest facts.</param>
/// <param name="Prospect">What it brings once it is earned; null where it is, or where that depends on amounts to come or never will be.</param>
/// <param name="Repeat">What it pays for, where it does so again and again, and what of it.</param>
public sealed record StageWhy(
    string Name, StageState State, Money Amount, ProspectWhy? Prospect, IReadOnlyList<ConditionWhy> Conditions, string? Repeat,
    IReadOnlyList<EarningWhy> Earnings);

/// <param name="Lines">The viewer's (the operator's: everybody's) parts.</param>
/// <param name="TakenBack">A clawback that has happened already: it leaves nothing of what is earned from now on.</param>
public sealed record ProspectWhy(IReadOnlyList<AmountWhy> Lines, TakingWhy? TakenBack)
{
    public Money Amount => Lines.Aggregate(Money.Zero, (sum, line) => sum + line.Amount);
}

public enum ConditionStanding
{
    Met,

    /// <summary>It will be met by the passing of time, or something has yet to happen.</summary>
    Open,

    /// <summary>It cannot be met any more, unless a fact is learned late or withdrawn.</summary>
    Failed,
}

/// <param name="Ask">What it asks for.</param>
/// <param name="Tell">How it stands: by which facts it was met, or what is missing until when.</param>
/// <param name="Facts">What that rests on: the fact that its time counts from, and those that qualify or stand in its way.</param>
public sealed record ConditionWhy(string Ask, string Tell, ConditionStanding Standing, IReadOnlyList<FactSeen> Facts);

/// <param name="For">The fact that it pays for, in a repeating stage.</param>
/// <param name="Release">When it is released, and why then.</param>
/// <param name="Confirmation">The upstream's confirmation, where the release awaits it and has it.</param>
/// <param name="Lines">The viewer's (the operator's: everybody's) parts, also those of 0.</param>
/// <param name="Upstream">What the upstream pays for it, for the operator.</param>
public sealed record EarningWhy(
    Instant EarnedAt, FactSeen? For, string Release, FactSeen? Confirmation, Instant? ReleasesAt, IReadOnlyList<TakingWhy> ClawedBack,
    IReadOnlyList<AmountWhy> Lines, Money? Upstream);

/// <summary>What was taken back, and the fact because of which it was.</summary>
public sealed record TakingWhy(string Text, FactSeen By);

/// <param name="Distributor">Who gets it.</param>
/// <param name="Sum">The arithmetic, like "20.00 = 100.00 - 80.00".</param>
public sealed record AmountWhy(DistributorId Distributor, Role Role, Money Amount, string Sum);

public sealed record PenaltyWhy(DistributorId Distributor, Money Amount, FactSeen By);

/// <param name="Name">Like #2; empty for the order itself, which is the first fact of all.</param>
/// <param name="Kind">In words.</param>
/// <param name="IsWithdrawn">A later fact has withdrawn it.</param>
/// <param name="Origin">Where it comes from, as far as the viewer may know.</param>
public sealed record FactSeen(string Name, string Kind, Instant At, Instant RecordedAt, Money Amount, bool IsWithdrawn, Origin Origin);
