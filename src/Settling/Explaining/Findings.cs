using System.Diagnostics;

namespace HaoSuan.Settling.Explaining;

/// <summary>Finds how a condition stands, by the same predicates that the engine decides by.</summary>
internal static class Findings
{
    public static Finding Of(Condition condition, Facts facts, Instant asOf) => condition switch
    {
        Condition.Happened happened => Of(happened, facts, asOf),
        Condition.Quiet quiet => Of(quiet, facts, asOf),
        Condition.NormalAtMonthEnd normal => Of(normal, facts, asOf),
        _ => throw new UnreachableException(),
    };

    private static Finding Of(Condition.Happened condition, Facts facts, Instant asOf)
    {
        if (condition.Window.Among(facts) is not { } window) return Unopened(condition, condition.Window.After!);    // no window: no X
        List<Fact> evidence = [];
        var by = condition.MetBy(facts, window, evidence);
        Standing standing = by is not null ? new Standing.Met(by.At)
            : asOf >= window.Until ? new Standing.Over(window.Until)
            : new Standing.Missing(window.Until == Instant.MaxValue ? null : window.Until);
        var opening = condition.Window.After is { } after ? facts.Earliest(after) : null;
        var sum = evidence.Aggregate(Money.Zero, (sum, fact) => sum + fact.Amount);
        return by is not null
            ? new(condition, standing, opening, evidence, null, [])
            : new(condition, standing, opening, evidence, condition.AtLeast - sum, Beside(evidence, condition.Kind, facts));
    }

    private static List<Fact> Beside(List<Fact> evidence, string kind, Facts facts)
    {
        List<Fact> unfit = [];
        foreach (var fact in facts.Known)
        {
            if (fact.Kind == kind && !evidence.Contains(fact)) unfit.Add(fact);
        }
        return unfit;
    }

    private static Finding Of(Condition.Quiet condition, Facts facts, Instant asOf)
    {
        if (condition.Dates(facts) is not { } dates) return Unopened(condition, condition.After);
        var opening = facts.Earliest(condition.After);
        foreach (var fact in facts.Known)
        {
            if (condition.IsBrokenBy(fact, dates)) return new(condition, new Standing.Broken(fact, fact.At), opening, [fact], null, []);
        }
        return new(condition, MetOrDue(dates.Until, asOf), opening, [], null, []);
    }

    private static Finding Of(Condition.NormalAtMonthEnd condition, Facts facts, Instant asOf)
    {
        if (condition.Midnight(facts) is not { } midnight) return Unopened(condition, condition.After);
        var opening = facts.Earliest(condition.After);
        var culprit = condition.OutOfServiceBy(facts, midnight);
        if (culprit is null) return new(condition, MetOrDue(midnight, asOf), opening, [], null, []);
        var canResume = culprit.Kind == FactKind.Suspended;
        Standing standing = canResume && asOf < midnight ? new Standing.Missing(midnight)
            : new Standing.Broken(culprit, canResume ? midnight : culprit.At);
        return new(condition, standing, opening, [culprit], null, []);
    }

    private static Standing MetOrDue(Instant at, Instant asOf) => at <= asOf ? new Standing.Met(at) : new Standing.Due(at);

    private static Finding Unopened(Condition condition, string after) =>
        new(condition, new Standing.Unopened(after), null, [], null, []);
}
