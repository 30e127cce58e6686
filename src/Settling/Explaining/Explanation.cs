using System.Collections.Immutable;

namespace HaoSuan.Settling.Explaining;

/// <summary>Why a target is what it is, and what is still missing for more: for people, beside the same engine's lines.</summary>
public sealed record Explanation(
    Order Order, Instant AsOf, ImmutableArray<StageExplanation> Stages, ImmutableArray<ClawbackExplanation> Clawbacks)
{
    /// <summary>Refuses as <see cref="Target.Of"/> does.</summary>
    public static Result<Explanation> Of(Order order, History history, Instant asOf, Zone zone)
    {
        var evaluator = new Evaluator(zone);
        if (evaluator.Evaluate(order, history, asOf) is { } refusal) return refusal;
        var facts = evaluator.Know(history);
        var stages = ImmutableArray.CreateBuilder<StageExplanation>();
        for (var stage = 0; stage < order.Scheme.Stages.Length; stage++)
            stages.Add(StageExplanation.Of(order, stage, evaluator, facts, asOf));
        var clawbacks = ImmutableArray.CreateBuilder<ClawbackExplanation>();
        for (var rule = 0; rule < order.Scheme.Clawbacks.Length; rule++)
        {
            var clawback = order.Scheme.Clawbacks[rule];
            clawbacks.Add(new(rule, clawback, evaluator.Firings[rule], clawback.Window.Among(facts)?.Until));
        }
        return new Explanation(order, asOf, stages.ToImmutable(), clawbacks.ToImmutable());
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
public sealed record StageExplanation(Stage Stage, ImmutableArray<Finding> Conditions, ImmutableArray<EarningExplanation> Earnings)
{
    internal static StageExplanation Of(Order order, int index, Evaluator evaluator, Facts facts, Instant asOf)
    {
        var stage = order.Scheme.Stages[index];
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var condition in stage.When) findings.Add(Findings.Of(condition, facts, asOf));
        var earnings = ImmutableArray.CreateBuilder<EarningExplanation>();
        foreach (var earning in evaluator.Earnings)
        {
            if (earning.Stage == index) earnings.Add(EarningExplanation.Of(order, earning, evaluator.Firings, facts));
        }
        return new(stage, findings.ToImmutable(), earnings.ToImmutable());
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
