using System.Collections.Immutable;

namespace HaoSuan.Settling.Explaining;

/// <summary>Why a target is what it is, and what is still missing for more: for people, beside the same engine's lines.</summary>
/// <param name="EndedBy">The fact with which the order has ended (<see cref="Ending"/>): nothing that is missing is expected any more.</param>
public sealed record Explanation(
    Order Order, Instant AsOf, ImmutableArray<StageExplanation> Stages, ImmutableArray<ClawbackExplanation> Clawbacks, Fact? EndedBy)
{
    /// <summary>Refuses as <see cref="Target.Of"/> does.</summary>
    public static Result<Explanation> Of(Order order, History history, Instant asOf, Zone zone)
    {
        var evaluator = new Evaluator(zone);
        if (evaluator.Evaluate(order, history, asOf) is { } refusal) return refusal;
        var facts = evaluator.Know(history);
        var endedBy = Ending.Of(facts.Known);
        var stages = ImmutableArray.CreateBuilder<StageExplanation>();
        for (var stage = 0; stage < order.Scheme.Stages.Length; stage++)
            stages.Add(StageExplanation.Of(order, stage, evaluator, facts, asOf, endedBy));
        var clawbacks = ImmutableArray.CreateBuilder<ClawbackExplanation>();
        for (var rule = 0; rule < order.Scheme.Clawbacks.Length; rule++)
        {
            var clawback = order.Scheme.Clawbacks[rule];
            clawbacks.Add(new(rule, clawback, evaluator.Firings[rule], clawback.Window.Among(facts)?.Until));
        }
        return new Explanation(order, asOf, stages.ToImmutable(), clawbacks.ToImmutable(), endedBy);
    }

    /// <summary>The stage and the instance that a line is of; null for a penalty.</summary>
    public (StageExplanation Stage, EarningExplanation Earning)? For(LineKey key)
    {
        foreach (var stage in Stages)
        {
            var earning = stage.Stage.Key == key.Stage ? stage.Earnings.FirstOrDefault(e => e.Earning.Instance == key.Instance) : null;
            if (earning is not null) return (stage, earning);
        }
        return null;
    }
}

/// <summary>A clawback rule: its firing, if it has fired; <paramref name="Until"/> is when its window ends, if that is known.</summary>
public sealed record ClawbackExplanation(int Rule, Clawback Clawback, Firing? Firing, Instant? Until);

/// <summary>A stage: how its conditions stand, and what has been earned.</summary>
/// <param name="IsLost">Not earned, and nothing that is still to be expected can change that.</param>
/// <param name="Prospect">What it brings once it is earned; null where it is or is lost, and where that depends on facts to come.</param>
public sealed record StageExplanation(
    Stage Stage, ImmutableArray<Finding> Conditions, ImmutableArray<EarningExplanation> Earnings, bool IsLost, Prospect? Prospect)
{
    internal static StageExplanation Of(Order order, int index, Evaluator evaluator, Facts facts, Instant asOf, Fact? endedBy)
    {
        var stage = order.Scheme.Stages[index];
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var condition in stage.When) findings.Add(Findings.Of(condition, facts, asOf) with { EndedBy = endedBy });
        var earnings = ImmutableArray.CreateBuilder<EarningExplanation>();
        foreach (var earning in evaluator.Earnings)
        {
            if (earning.Stage == index) earnings.Add(EarningExplanation.Of(order, earning, evaluator.Firings, facts));
        }
        var isLost = earnings.Count == 0 && (findings.Any(f => f.IsLost) || (stage.Repeat is not null && endedBy is not null));
        var isOpen = earnings.Count == 0 && !isLost && stage.Repeat is null;
        var prospect = isOpen ? Prospect.Of(order, index, evaluator.Firings) : null;
        return new(stage, findings.ToImmutable(), earnings.ToImmutable(), isLost, prospect);
    }
}

/// <summary>What a stage that is not earned yet brings when it is.</summary>
/// <param name="TakenBackBy">The rule that has fired already: it leaves nothing of what is earned from now on.</param>
public sealed record Prospect(ImmutableArray<Share> Shares, Taking? TakenBackBy)
{
    public Portion Left => TakenBackBy?.Leaves ?? Portion.All;

    internal static Prospect Of(Order order, int stage, ReadOnlySpan<Firing?> firings)
    {
        var prospect = new Prospect([], Taker(order, stage, firings));
        List<Share> shares = [];
        Split.Over(order, stage, order.Paid, prospect.Left, shares);
        return prospect with { Shares = [.. shares] };
    }

    /// <summary>The first rule that has fired and covers the stage.</summary>
    internal static Taking? Taker(Order order, int stage, ReadOnlySpan<Firing?> firings)
    {
        for (var rule = 0; rule < firings.Length; rule++)
        {
            if (firings[rule] is { } firing && order.Scheme.Clawbacks[rule].Covers(order.Scheme.Stages[stage]))
                return new(rule, firing.By, Portion.Nothing);
        }
        return null;
    }
}

/// <summary>An earned instance with its arithmetic.</summary>
/// <param name="Fact">The fact that it pays for, in a repeating stage.</param>
/// <param name="Upstream">What the upstream pays before clawback.</param>
/// <param name="ClawedBackBy">The rules that take something of it, each with what it leaves.</param>
/// <param name="Confirmation">The upstream's confirmation, where the release awaits it and has it.</param>
public sealed record EarningExplanation(
    Earning Earning, Fact? Fact, Money Upstream, ImmutableArray<Share> Shares, ImmutableArray<Taking> ClawedBackBy, Fact? Confirmation)
{
    internal static EarningExplanation Of(Order order, Earning earning, ReadOnlySpan<Firing?> firings, Facts facts)
    {
        var stage = order.Scheme.Stages[earning.Stage];
        List<Share> shares = [];
        Split.Over(order, earning.Stage, earning.Basis, earning.Left, shares);
        Fact? paid = null;
        foreach (var fact in facts.Known) paid = fact.Id == earning.Instance ? fact : paid;
        var takings = ImmutableArray.CreateBuilder<Taking>();
        for (var rule = 0; rule < firings.Length; rule++)
        {
            if (firings[rule] is not { } firing || !order.Scheme.Clawbacks[rule].Covers(stage)) continue;
            takings.Add(new(rule, firing.By, firing.Left(earning.EarnedAt)));
        }
        var confirmation = stage.Release.AwaitsUpstream ? facts.Confirmation(stage) : null;
        return new(earning, paid, stage.Upstream.Of(earning.Basis), [.. shares], takings.ToImmutable(), confirmation);
    }
}

/// <summary>What a clawback rule has left of an instance, and the fact at which it fired.</summary>
public readonly record struct Taking(int Rule, Fact By, Portion Leaves);
