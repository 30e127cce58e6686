using System.Collections.Immutable;

namespace HaoSuan.Settling;

public enum Keep { None, ProRata }

/// <summary>The part of an amount that is left: floor(amount × Used / Of).</summary>
public readonly record struct Portion(int Used, int Of)
{
    public static readonly Portion All = new(1, 1);
    public static readonly Portion Nothing = new(0, 1);

    public Money From(Money amount) => Used == Of ? amount : Used == 0 ? Money.Zero : amount.Fraction(Used, Of);

    public static Portion Least(Portion a, Portion b) => (long)a.Used * b.Of <= (long)b.Used * a.Of ? a : b;
}

/// <summary>A clawback rule that has fired: the fact at which it did, and what the stages earned up to then keep.</summary>
public readonly record struct Firing(Fact By, Portion Keeps)
{
    public Portion Left(Instant earned) => earned > By.At ? Portion.Nothing : Keeps;
}

/// <summary>扣回: what is given back when one of these facts happens. A rule fires once, at its earliest qualifying fact.</summary>
public sealed record Clawback(ImmutableArray<string> On, Keep Keep)
{
    public Window Window { get; init; }
    public Where Where { get; init; }

    /// <summary>The keys of the stages that it takes back; null: all.</summary>
    public ImmutableArray<string>? Stages { get; init; }

    /// <summary>What the seller pays on top, a positive amount.</summary>
    public Money Penalty { get; init; }

    public bool Covers(Stage stage) => Stages is not { } stages || stages.Contains(stage.Key);

    public Firing? FiredAmong(Facts facts)
    {
        if (Window.Among(facts) is not { } window) return null;
        foreach (var fact in facts.Known)
        {
            if (On.Contains(fact.Kind) && window.Contains(fact.At) && Where.Admits(fact)) return new(fact, Keeps(fact, window, facts.Zone));
        }
        return null;
    }

    private Portion Keeps(Fact by, Interval window, Zone zone) => Keep switch
    {
        Keep.None => Portion.Nothing,
        Keep.ProRata => new(zone.DayNumberOf(by.At) - zone.DayNumberOf(window.From), Window.Days!.Value),   // the reader demands days
    };
}
