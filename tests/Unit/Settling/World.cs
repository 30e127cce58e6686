using System.Collections.Immutable;
using CsCheck;
using HaoSuan.Settling;
using Attribute = HaoSuan.Settling.Attribute;

namespace HaoSuan.Tests.Unit.Settling;

/// <summary>A random order with its facts, and random schemes, small and dense enough that conditions, clawbacks and windows meet.</summary>
public sealed record World(Order Order, ImmutableArray<Fact> Facts)
{
    public static readonly Zone Zone = Zone.Shanghai;
    public static readonly Instant Start = Zone.StartOf(new(2026, 1, 10));
    public static readonly Instant End = Zone.StartOf(new(2027, 1, 1));

    private static readonly string[] Kinds =
        ["activated", "activated", "topped_up", "topped_up", "billed", "billed", "suspended", "resumed", "cancelled", "complained", "upstream_confirmed"];

    private static readonly string[] Channels = ["app", "shop"];
    private static readonly string[] Suspensions = ["arrears", "single", "double", "office"];

    public History Known => History.Of(Order.OrderedAt, Facts).Value;

    public Target TargetAt(Instant asOf) => Target.Of(Order, Known, asOf, Zone).Value;

    /// <summary>Any instant, often just at or before a midnight.</summary>
    public static Gen<Instant> Moment(int days) =>
        from day in Gen.Int[0, days]
        from second in Among(0, 1, 43_200, 86_399)
        select Start + TimeSpan.FromSeconds((day * 86_400L) + second);

    public static Gen<World> Any { get; } =
        from scheme in Schemes
        from seats in Gen.Int[0, 4]
        from ordered in Moment(10)
        from paid in Gen.Int[0, 10_000]
        from chain in Chain(scheme, seats)
        from facts in FactsOf
        select new World(new("O1", scheme, ordered, chain) { Paid = new(paid) }, facts);

    public static Gen<Scheme> Schemes =>
        from stages in Stages.Array[1, 3]
        from clawbacks in Clawbacks.Array[0, 3]
        from highest in Gen.Bool
        select new Scheme("GD29", 1, [.. stages.Select((stage, i) => stage with { Key = Keys[i] })])
        {
            Clawbacks = [.. clawbacks],
            Differential = highest ? Differential.Highest : Differential.Strict,
        };

    public static Gen<ImmutableArray<Fact>> FactsOf =>
        from facts in OneFact.Array[0, 12]
        from voids in Gen.Select(Gen.Int[0, 15], Gen.Int[0, 15], Moment(150)).Array[0, 3]
        select WithVoids(facts, voids);

    private static readonly string[] Keys = ["first", "second", "third"];

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<Money> Yuan(int most) => Gen.Int[0, most].Select(yuan => new Money(yuan * 1000L));

    private static Gen<Window> Windows =>
        from after in Among<string?>(null, "ordered", "activated")
        from limit in Gen.Int[0, 2]
        from count in Gen.Int[0, 40]
        select after is null || limit == 0 ? new Window(after) : limit == 1 ? new(after, Days: count) : new(after, Months: count / 10);

    private static Gen<Where> Demands =>
        from some in Gen.Int[0, 3]
        from channel in Among(Channels)
        select some > 0 ? default : new Where([new("channel", [Scalar.Of(channel)])]);

    private static Gen<Condition> Conditions => Gen.OneOf<Condition>(
        (from kind in Among("activated", "topped_up", "ordered")
         from window in Windows
         from demand in Demands
         from each in Yuan(4).Nullable()
         from sum in Yuan(8).Nullable()
         select (Condition)new Condition.Happened(kind) { Window = window, Where = demand, EachAtLeast = each, AtLeast = sum }),
        (from kinds in Among("cancelled", "suspended", "complained").Array[1, 2]
         from days in Gen.Int[0, 20]
         from demand in Demands
         select (Condition)new Condition.Quiet([.. kinds], days, "activated") { Where = demand }),
        (from number in Gen.Int[1, 3]
         from ignoring in Among(Suspensions).Array[0, 2]
         select (Condition)new Condition.NormalAtMonthEnd(number, "activated") { Ignoring = [.. ignoring] }));

    private static Gen<Release> Releases =>
        from release in Gen.OneOf(
            Gen.Const((Release)new Release.AtOnce()),
            Gen.Int[0, 10].Select(days => (Release)new Release.Days(days)),
            Gen.Int[1, 7].Select(weekday => (Release)new Release.Weekly(weekday)),
            Gen.Select(Gen.Int[0, 2], Gen.Int[1, 31]).Select((months, day) => (Release)new Release.Monthly(months, day)))
        from awaits in Gen.Int[0, 3]
        select release with { AwaitsUpstream = awaits == 0 };

    private static Gen<Stage> Stages =>
        from upstream in Rates(10)
        from conditions in Conditions.Array[0, 3]
        from release in Releases
        from peer in Yuan(1)
        from months in Gen.Int[-2, 4]
        select new Stage("", upstream, [.. conditions], release)
        {
            PeerBonus = peer,
            Repeat = months > 0 ? new Repeat("billed", "activated", months) : null,
        };

    private static Gen<Rate> Rates(int most) =>
        Gen.Select(Gen.Bool, Gen.Int[0, most * 10]).Select((share, n) => share ? Rate.Share(new(n * 37)) : Rate.Amount(new(n * 37L)));

    private static Gen<Clawback> Clawbacks =>
        from kinds in Among("cancelled", "complained", "suspended").Array[1, 2]
        from prorata in Gen.Bool
        from days in Gen.Int[1, 60]
        from window in Windows
        from demand in Demands
        from stages in Among(Keys).Array[1, 2].Null()
        from penalty in Yuan(2)
        select new Clawback([.. kinds], prorata ? Keep.ProRata : Keep.None)
        {
            Window = prorata ? new(window.After ?? "activated", Days: days) : window,
            Where = demand,
            Stages = stages is null ? null : [.. stages],
            Penalty = penalty,
        };

    private static Gen<Fact> OneFact =>
        from kind in Among(Kinds)
        from at in Moment(120)
        from late in Among(0, 0, 0, 3, 30)
        from amount in Gen.Int[0, 60]
        from channel in Among(Channels)
        from suspension in Among(Suspensions)
        from stage in Among(Keys)
        select new Fact("", kind, at)
        {
            RecordedAt = at + TimeSpan.FromDays(late),
            Amount = new(amount * 100L + 1),
            Attributes = [new("channel", Scalar.Of(channel)), .. Particular(kind, suspension, stage)],
        };

    private static Attribute[] Particular(string kind, string suspension, string stage) => kind switch
    {
        "suspended" => [new("kind", Scalar.Of(suspension))],
        "upstream_confirmed" => [new("stage", Scalar.Of(stage))],
        _ => [],
    };

    /// <summary>A void withdraws a fact before it in the list, which may be a void as well: so there are no rings.</summary>
    private static ImmutableArray<Fact> WithVoids(Fact[] facts, (int Target, int, Instant At)[] voids)
    {
        List<Fact> all = [.. facts.Select((fact, i) => fact with { Id = $"f{i}" })];
        foreach (var (target, late, at) in voids)
        {
            var of = target == 0 || all.Count == 0 ? "ordered" : all[target % all.Count].Id;
            all.Add(new($"v{all.Count}", "void", at) { Of = of, RecordedAt = at + TimeSpan.FromDays(late) });
        }
        return [.. all];
    }

    /// <summary>Rates that only fall down the chain where the scheme is strict, and any rates where the highest counts.</summary>
    private static Gen<ImmutableArray<Seat>> Chain(Scheme scheme, int seats) =>
        from share in Gen.Bool.Array[scheme.Stages.Length]
        from numbers in Among(0, 37, 100, 333, 801, 1234).Array[seats].Array[scheme.Stages.Length]
        select ChainOf(scheme, seats, share, numbers);

    private static ImmutableArray<Seat> ChainOf(Scheme scheme, int seats, bool[] share, int[][] numbers)
    {
        if (scheme.Differential == Differential.Strict)
        {
            foreach (var rates in numbers) Array.Sort(rates, (a, b) => b - a);
        }
        return [.. Enumerable.Range(0, seats).Select(seat => new Seat($"D{seat + 1}", [.. numbers.Select((rates, stage) =>
            share[stage] ? Rate.Share(new(rates[seat])) : Rate.Amount(new(rates[seat])))]))];
    }
}
