using System.Collections.Immutable;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Settling.Outlook;

public enum DeadlineKind
{
    /// <summary>须完成: something has yet to happen before it, like a first top-up.</summary>
    Happen,

    /// <summary>须复机: the number is suspended and has to be resumed before it.</summary>
    Resume,

    /// <summary>须保持: something must not happen until then.</summary>
    StayQuiet,

    /// <summary>须在网: the number is in service, and has to be when the month ends.</summary>
    StayInService,

    /// <summary>扣回期: something that happens until then takes back what is earned.</summary>
    Clawback,
}

/// <summary>What a distributor gets when it goes well, or loses when it does not; null in a stage that repeats: it depends on facts to come.</summary>
public readonly record struct Stake(string Distributor, Money? Amount);

/// <summary>An instant until which something has to happen, or must not. What happens at it or after is too late, or does no harm.</summary>
public abstract record Deadline(DeadlineKind Kind, Instant At, ImmutableArray<Stake> Stakes)
{
    /// <summary>Whether somebody has to do something; else it is enough that nothing happens.</summary>
    public bool IsActionable => Kind is DeadlineKind.Happen or DeadlineKind.Resume;

    /// <summary>Of a stage that is not earned yet: the condition of that index, and how it stands.</summary>
    public sealed record OfCondition(Stage Stage, int Index, Finding Finding, DeadlineKind Kind, Instant At, ImmutableArray<Stake> Stakes)
        : Deadline(Kind, At, Stakes);

    /// <summary>The end of the window of the clawback rule of that index, which has not fired.</summary>
    public sealed record OfClawback(Clawback Rule, int Index, Instant At, ImmutableArray<Stake> Stakes)
        : Deadline(DeadlineKind.Clawback, At, Stakes);
}
