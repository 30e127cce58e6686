using System.Collections.Immutable;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Settling.Outlook;

/// <summary>Which deadlines an order has, by the same findings that explain it.</summary>
public static class Deadlines
{
    /// <summary>The deadlines to come, the soonest first. Refuses as <see cref="Target.Of"/> does.</summary>
    public static Result<ImmutableArray<Deadline>> Of(Order order, History history, Instant asOf, Zone zone)
    {
        var evaluator = new Evaluator(zone);
        if (evaluator.Evaluate(order, history, asOf) is { } refusal) return refusal;
        var facts = evaluator.Know(history);
        List<Deadline> deadlines = [];
        for (var stage = 0; stage < order.Scheme.Stages.Length; stage++)
        {
            // What is earned after a clawback is worth nothing: there is nothing left to lose.
            if (Prospect.Taker(order, stage, evaluator.Firings) is null) deadlines.AddRange(OfStage(order, stage, facts, asOf));
        }
        for (var rule = 0; rule < order.Scheme.Clawbacks.Length; rule++)
        {
            if (evaluator.Firings[rule] is null && OfRule(order, rule, evaluator.Earnings, facts, asOf) is { } open) deadlines.Add(open);
        }
        return deadlines.OrderBy(d => d.At).ToImmutableArray();
    }

    private static List<Deadline> OfStage(Order order, int index, Facts facts, Instant asOf)
    {
        var stage = order.Scheme.Stages[index];
        List<Finding> findings = [];
        foreach (var condition in stage.When) findings.Add(Findings.Of(condition, facts, asOf));
        if (findings.Any(f => f.Standing.IsLost)) return [];      // it cannot be earned any more
        var stakes = StakesIn(order, index);
        return [.. findings.Index().Select(f => Of(stage, f.Index, f.Item, stakes)).OfType<Deadline>()];
    }

    private static Deadline? Of(Stage stage, int index, Finding finding, ImmutableArray<Stake> stakes)
    {
        var ofMonthEnd = finding.Condition is Condition.NormalAtMonthEnd;
        return finding.Standing switch
        {
            Standing.Missing { Before: { } before } => Until(ofMonthEnd ? DeadlineKind.Resume : DeadlineKind.Happen, before),
            Standing.Due due => Until(ofMonthEnd ? DeadlineKind.StayInService : DeadlineKind.StayQuiet, due.At),
            _ => null,
        };

        Deadline Until(DeadlineKind kind, Instant at) => new Deadline.OfCondition(stage, index, finding, kind, at, stakes);
    }

    /// <summary>What each seat gets when the stage is earned.</summary>
    private static ImmutableArray<Stake> StakesIn(Order order, int stage)
    {
        if (order.Scheme.Stages[stage].Repeat is not null) return [.. order.Chain.Select(seat => new Stake(seat.Distributor, null))];
        var amounts = new Money[order.Chain.Length];
        AddShares(order, stage, order.Paid, Portion.All, amounts, 1);
        return StakesOf(order, amounts);
    }

    private static Deadline.OfClawback? OfRule(Order order, int index, ReadOnlySpan<Earning> earnings, Facts facts, Instant asOf)
    {
        var rule = order.Scheme.Clawbacks[index];
        if (rule.Window.Among(facts) is not { } window || asOf >= window.Until || window.Until == Instant.MaxValue) return null;
        if (FiringNow(rule, facts, asOf) is not { } firing) return null;
        var losses = new Money[order.Chain.Length];
        foreach (var earning in earnings)
        {
            if (!rule.Covers(order.Scheme.Stages[earning.Stage])) continue;
            AddShares(order, earning.Stage, earning.Basis, earning.Left, losses, 1);
            AddShares(order, earning.Stage, earning.Basis, Portion.Least(earning.Left, firing.Left(earning.EarnedAt)), losses, -1);
        }
        if (losses.Length > 0) losses[^1] += rule.Penalty;
        return Array.TrueForAll(losses, loss => loss.IsZero) ? null : new(rule, index, window.Until, StakesOf(order, losses));
    }

    /// <summary>How the rule would fire at this instant.</summary>
    private static Firing? FiringNow(Clawback rule, Facts facts, Instant asOf)
    {
        if (rule.On.IsEmpty || rule.Where.Demands.Any(demand => demand.OneOf.IsEmpty)) return null;
        var happening = new Fact("", rule.On[0], asOf) { Attributes = [.. rule.Where.Demands.Select(d => new Attribute(d.Name, d.OneOf[0]))] };
        return rule.FiredAmong(new Facts([.. facts.Known, happening], facts.Zone));
    }

    private static void AddShares(Order order, int stage, Money basis, Portion left, Money[] amounts, int sign)
    {
        List<Share> shares = [];
        Split.Over(order, stage, basis, left, shares);
        foreach (var share in shares) amounts[share.Seat] += sign > 0 ? share.Amount : -share.Amount;
    }

    private static ImmutableArray<Stake> StakesOf(Order order, Money[] amounts) =>
        [.. order.Chain.Select((seat, i) => new Stake(seat.Distributor, amounts[i]))];
}
