using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>Why an order has brought what it has, and what is still missing until when.</summary>
/// <param name="OrderedAt">When it was placed: the scheme's version of that instant counts.</param>
/// <param name="Amounts">What is booked for whoever looks (for the operator: for everybody).</param>
/// <param name="IsDue">Something has changed since: the next run books it.</param>
/// <param name="Facts">What is known, numbered as the texts name it.</param>
public sealed record OrderWhy(
    OrderId OrderId, string OrderNo, ProductId ProductId, int SchemeVersion, Instant OrderedAt, Instant AsOf, SettlementState State,
    (Money Pending, Money Available) Amounts, bool IsDue, Refusal? Refusal,
    IReadOnlyList<StageWhy> Stages, IReadOnlyList<PenaltyWhy> Penalties, IReadOnlyList<FactSeen> Facts);

/// <summary>A stage: its conditions with their evidence, and what was earned.</summary>
/// <param name="Share">What the viewer gets when it is earned: null for the operator, and where it is a share of amounts to come.</param>
public sealed record StageWhy(
    string Name, Money? Share, IReadOnlyList<ConditionWhy> Conditions, string? Repeat, IReadOnlyList<EarningWhy> Earnings);

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
public sealed record ConditionWhy(string Ask, string Tell, ConditionStanding Standing);

/// <param name="For">The fact that it pays for, in a repeating stage.</param>
/// <param name="Release">When it is released, and why then.</param>
/// <param name="ClawedBack">What was taken back of it, by which facts.</param>
/// <param name="Upstream">What the upstream pays for it, for the operator.</param>
public sealed record EarningWhy(
    Instant EarnedAt, string? For, string Release, Instant? ReleasesAt, IReadOnlyList<string> ClawedBack,
    IReadOnlyList<AmountWhy> Lines, Money? Upstream);

/// <param name="Distributor">Who gets it.</param>
/// <param name="Sum">The arithmetic, like "20.00 = 100.00 - 80.00".</param>
public sealed record AmountWhy(DistributorId Distributor, Role Role, Money Amount, string Sum);

public sealed record PenaltyWhy(DistributorId Distributor, Money Amount, string Reason);

/// <param name="Name">Like #2.</param>
/// <param name="Kind">In words.</param>
/// <param name="IsWithdrawn">A later fact has withdrawn it.</param>
public sealed record FactSeen(string Name, string Kind, Instant At, Instant RecordedAt, Money Amount, bool IsWithdrawn);
