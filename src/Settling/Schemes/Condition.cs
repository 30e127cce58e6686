using System.Collections.Immutable;

namespace HaoSuan.Settling;

/// <summary>One thing that must have happened, or must have kept from happening, before a stage is earned.</summary>
public abstract record Condition
{
    private Condition() { }

    /// <summary>
    /// The instant at which these facts meet the condition; null where they do not. It may lie in the future: then the
    /// condition will be met at that instant unless a new fact prevents it.
    /// </summary>
    public abstract Instant? MetAt(Facts facts);

    /// <summary>A fact that qualifies has happened; with <see cref="AtLeast"/>, the amounts of those that do have added up.</summary>
    public sealed record Happened(string Kind) : Condition
    {
        public Window Window { get; init; }
        public Where Where { get; init; }
        public Money? EachAtLeast { get; init; }
        public Money? AtLeast { get; init; }

        public override Instant? MetAt(Facts facts) => Window.Among(facts) is { } window ? MetBy(facts, window)?.At : null;

        /// <summary>The fact that meets the condition; <paramref name="evidence"/> takes the facts that qualify up to it.</summary>
        public Fact? MetBy(Facts facts, Interval window, List<Fact>? evidence = null)
        {
            var sum = Money.Zero;
            foreach (var fact in facts.Known)
            {
                if (!IsQualified(fact, window)) continue;
                evidence?.Add(fact);
                sum += fact.Amount;
                if (AtLeast is not { } threshold || sum >= threshold) return fact;
            }
            return null;
        }

        private bool IsQualified(Fact fact, Interval window) =>
            fact.Kind == Kind && window.Contains(fact.At) && (EachAtLeast is not { } each || fact.Amount >= each) && Where.Admits(fact);
    }

    /// <summary>None of these facts on the date of X or on the <paramref name="ForDays"/> dates after it.</summary>
    public sealed record Quiet(ImmutableArray<string> Kinds, int ForDays, string After) : Condition
    {
        public Where Where { get; init; }

        public bool IsBrokenBy(Fact fact, Interval dates) =>
            Kinds.Contains(fact.Kind) && dates.Contains(fact.At) && Where.Admits(fact);

        /// <summary>Whole dates: a fact earlier on the date of X breaks the quiet as well.</summary>
        public Interval? Dates(Facts facts)
        {
            if (facts.Earliest(After) is not { } opening) return null;
            var day = facts.Zone.DayNumberOf(opening.At);
            return new(facts.Zone.StartOfDay(day), facts.Zone.StartOfDay(day + ForDays + 1));
        }

        public override Instant? MetAt(Facts facts)
        {
            if (Dates(facts) is not { } dates) return null;
            foreach (var fact in facts.Known)
            {
                if (IsBrokenBy(fact, dates)) return null;
            }
            return dates.Until;
        }
    }

    /// <summary>In normal service at the end of a month, counting the month of X as 1: 次月末在网状态正常 is 2.</summary>
    public sealed record NormalAtMonthEnd(int Number, string After) : Condition
    {
        /// <summary>Kinds of suspension (arrears, single, double, office) that do not count.</summary>
        public ImmutableArray<string> Ignoring { get; init; } = [];

        public Instant? Midnight(Facts facts) =>
            facts.Earliest(After) is { } opening ? facts.StartOfMonth(opening.At, Number) : null;

        /// <summary>The fact that has the number out of service at that midnight, or null where it is in service.</summary>
        public Fact? OutOfServiceBy(Facts facts, Instant midnight)
        {
            Fact? suspension = null;
            foreach (var fact in facts.Known)
            {
                if (fact.At >= midnight) break;
                if (fact.Kind == FactKind.Cancelled) return fact;
                if (fact.Kind == FactKind.Resumed) suspension = null;
                else if (fact.Kind == FactKind.Suspended && !IsIgnored(fact)) suspension ??= fact;
            }
            return suspension;
        }

        public override Instant? MetAt(Facts facts) =>
            Midnight(facts) is { } midnight && OutOfServiceBy(facts, midnight) is null ? midnight : null;

        private bool IsIgnored(Fact suspension) =>
            !Ignoring.IsEmpty && suspension.Attribute("kind") is { IsText: true } kind && Ignoring.Contains(kind.Text);
    }
}
