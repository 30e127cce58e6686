using System.Collections.Immutable;
using CsCheck;
using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;
using HaoSuan.Settling.Outlook;
using Xunit;
using Attribute = HaoSuan.Settling.Attribute;
using Facts = HaoSuan.Settling.Facts;

namespace HaoSuan.Tests.Unit.Settling;

/// <summary>Deadlines and forecasts mean what they say: each is held against the engine itself, in random worlds.</summary>
public sealed class OutlookTests
{
    private const int Cases = 20_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMicroseconds(1);

    private static readonly Gen<(World World, Instant AsOf, int Part)> Anytime = Gen.Select(World.Any, World.Moment(150), Gen.Int[0, 1000]);

    private static ImmutableArray<Deadline> DeadlinesOf(World world, Instant asOf) =>
        Deadlines.Of(world.Order, world.Known, asOf, World.Zone).Value;

    /// <summary>The instants of a random place before the deadline, its last one, the deadline itself and one after it.</summary>
    private static (Instant[] Before, Instant[] Late) Around(Deadline deadline, Instant asOf, int part) =>
    (
        [Between(asOf + Tick, deadline.At - Tick, part), deadline.At - Tick],
        [deadline.At, deadline.At + TimeSpan.FromHours(part)]);

    private static Instant Between(Instant from, Instant to, int part) =>
        from + new TimeSpan((to - from).Ticks / 10_000 * part * 10);

    /// <summary>What is known, and one fact more at its end.</summary>
    private static Instant? MetWith(Condition condition, World world, Instant asOf, params Fact[] more) =>
        condition.MetAt(new Facts([.. world.Known.KnownAt(asOf), .. more], World.Zone));

    private static Attribute[] Fitting(Where where) => [.. where.Demands.Select(d => new Attribute(d.Name, d.OneOf[0]))];

    /// <summary>The fact that a condition lacks.</summary>
    private static Fact Missing(Deadline.OfCondition deadline, Instant at) => deadline.Finding.Condition switch
    {
        Condition.Happened c => new Fact("more", c.Kind, at)
        {
            Amount = Money.Max(c.EachAtLeast ?? Money.Zero, deadline.Finding.Lacking ?? Money.Zero),
            Attributes = [.. Fitting(c.Where)],
        },
        _ => new Fact("more", FactKind.Resumed, at),
    };

    private static Fact Breaking(Condition condition, Instant at) => condition is Condition.Quiet quiet
        ? new Fact("more", quiet.Kinds[0], at) { Attributes = [.. Fitting(quiet.Where)] }
        : new Fact("more", FactKind.Cancelled, at);

    private static Dictionary<string, long> Shares(IEnumerable<Line> lines) =>
        lines.GroupBy(l => l.Key.Distributor, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(l => l.Amount.Minor));

    private static World Plus(World world, Fact fact) => world with { Facts = [.. world.Facts, fact with { Id = "more" }] };

    /// <summary>Without anything that is only learned after that instant.</summary>
    private static World KnownAt(World world, Instant asOf)
    {
        var seen = world.Facts.Where(f => f.SeenFrom <= asOf).ToImmutableArray();
        for (var count = -1; count != seen.Length;)
        {
            count = seen.Length;
            var ids = seen.Select(f => f.Id).Append("ordered").ToHashSet();
            seen = [.. seen.Where(f => f.Of is null || ids.Contains(f.Of))];
        }
        return world with { Facts = seen };
    }

    [Fact]
    public void What_is_missing_meets_the_condition_when_it_comes_before_the_deadline_and_never_after_it()
    {
        var seen = 0;
        Anytime.Sample((world, asOf, part) =>
        {
            foreach (var deadline in DeadlinesOf(world, asOf).OfType<Deadline.OfCondition>().Where(d => d.IsActionable))
            {
                Interlocked.Increment(ref seen);
                var (condition, (before, late)) = (deadline.Finding.Condition, Around(deadline, asOf, part));
                if (MetWith(condition, world, asOf) is not null) return false;
                if (before.Any(at => MetWith(condition, world, asOf, Missing(deadline, at)) is null)) return false;
                if (late.Any(at => MetWith(condition, world, asOf, Missing(deadline, at)) is not null)) return false;
            }
            return true;
        }, iter: Cases);

        Assert.True(seen > Cases / 20, $"{seen} deadlines are too few to prove anything");
    }

    [Fact]
    public void What_must_not_happen_breaks_the_condition_before_the_deadline_and_does_no_harm_after_it()
    {
        var seen = 0;
        Anytime.Sample((world, asOf, part) =>
        {
            foreach (var deadline in DeadlinesOf(world, asOf).Where(d => d.Kind is DeadlineKind.StayQuiet or DeadlineKind.StayInService))
            {
                Interlocked.Increment(ref seen);
                var (condition, (before, late)) = (((Deadline.OfCondition)deadline).Finding.Condition, Around(deadline, asOf, part));
                if (MetWith(condition, world, asOf) != deadline.At) return false;
                if (before.Any(at => MetWith(condition, world, asOf, Breaking(condition, at)) is not null)) return false;
                if (late.Any(at => MetWith(condition, world, asOf, Breaking(condition, at)) != deadline.At)) return false;
            }
            return true;
        }, iter: Cases);

        Assert.True(seen > Cases / 20, $"{seen} deadlines are too few to prove anything");
    }

    [Fact]
    public void Every_condition_of_an_open_stage_that_time_can_make_impossible_has_its_deadline() =>
        Anytime.Sample((world, asOf, _) =>
        {
            var found = DeadlinesOf(world, asOf).OfType<Deadline.OfCondition>().Select(d => (d.Stage.Key, d.Index)).ToHashSet();
            var explained = Explanation.Of(world.Order, world.Known, asOf, World.Zone).Value;
            var fired = explained.Clawbacks.Where(c => c.Firing is not null).ToList();
            return explained.Stages.All(stage =>
            {
                var isLost = stage.Conditions.Any(c => c.Standing is Standing.Broken or Standing.Over) || fired.Any(c => c.Clawback.Covers(stage.Stage));
                return stage.Conditions.Index().All(c => found.Contains((stage.Stage.Key, c.Index))
                    == (!isLost && c.Item.Standing is Standing.Missing { Before: not null } or Standing.Due));
            });
        }, iter: Cases);

    [Fact]
    public void Meeting_the_last_open_condition_in_time_brings_everybody_what_was_at_stake()
    {
        var seen = 0;
        Anytime.Sample((world, asOf, part) =>
        {
            var known = KnownAt(world, asOf);
            foreach (var deadline in DeadlinesOf(world, asOf).OfType<Deadline.OfCondition>().Where(d => d.IsActionable && d.Stage.Repeat is null))
            {
                var at = Between(asOf + Tick, deadline.At - Tick, part);
                var met = Plus(known, Missing(deadline, at));
                var others = deadline.Stage.When.RemoveAt(deadline.Index);
                var earned = deadline.Kind == DeadlineKind.Resume ? deadline.At : at;       // in service when the month ends
                if (others.Any(c => MetWith(c, met, at) is not { } when || when > earned)) continue;
                Interlocked.Increment(ref seen);
                var shares = Shares(met.TargetAt(earned).Lines.Where(l => l.Key.Stage == deadline.Stage.Key));
                if (deadline.Stakes.Any(s => shares.GetValueOrDefault(s.Distributor) != s.Amount!.Value.Minor)) return false;
            }
            return true;
        }, iter: Cases);

        Assert.True(seen > Cases / 100, $"{seen} deadlines are too few to prove anything");
    }

    [Fact]
    public void A_clawback_before_its_deadline_takes_what_was_at_stake_and_after_it_nothing()
    {
        var seen = 0;
        Anytime.Sample((any, asOf, part) =>
        {
            var scheme = any.Order.Scheme with { Clawbacks = [.. any.Order.Scheme.Clawbacks.Take(1)] };
            var world = KnownAt(any with { Order = any.Order with { Scheme = scheme } }, asOf);
            var held = Shares(world.TargetAt(asOf).Lines);
            foreach (var deadline in DeadlinesOf(world, asOf).OfType<Deadline.OfClawback>())
            {
                Interlocked.Increment(ref seen);
                var rule = deadline.Rule;
                World With(Instant at) => Plus(world, new("", rule.On[0], at) { Attributes = [.. Fitting(rule.Where)] });
                var left = Shares(With(asOf).TargetAt(asOf).Lines);
                if (deadline.Stakes.Any(s => held.GetValueOrDefault(s.Distributor) - left.GetValueOrDefault(s.Distributor) != s.Amount!.Value.Minor))
                    return false;
                var (before, late) = Around(deadline, asOf, part);
                bool Fires(Instant at) => rule.FiredAmong(new([.. With(at).Known.KnownAt(at)], World.Zone)) is not null;
                if (!before.All(Fires) || late.Any(Fires)) return false;
            }
            return true;
        }, iter: Cases);

        Assert.True(seen > Cases / 100, $"{seen} deadlines are too few to prove anything");
    }

    [Fact]
    public void The_forecast_is_the_target_of_every_later_instant_until_something_new_is_learned() =>
        Anytime.Sample((world, asOf, part) =>
        {
            var news = world.Known.Facts.ToArray().Select(f => f.SeenFrom).Where(seen => seen > asOf);
            var next = news.Append(World.Start + TimeSpan.FromDays(500)).Min();
            var later = Between(asOf, next - Tick, part);
            var released = world.TargetAt(asOf).Lines.Where(l => l.Key.State == State.Available);
            var foreseen = Forecast.Of(world.Order, world.Known, asOf, World.Zone).Value.Lines
                .Where(l => l.Line.EarnedAt <= later)
                .Select(l => l.Line with { Key = l.Line.Key with { State = l.Line.ReleasesAt <= later ? State.Available : State.Pending } });
            return released.Concat(foreseen).ToHashSet().SetEquals(world.TargetAt(later).Lines);
        }, iter: Cases);

    [Fact]
    public void A_forecast_line_becomes_available_at_its_instant_and_not_before() =>
        Anytime.Sample((any, asOf, _) =>
        {
            var world = KnownAt(any, asOf);
            return Forecast.Of(world.Order, world.Known, asOf, World.Zone).Value.Lines.All(line =>
            {
                bool Available(Instant at) => world.TargetAt(at).Lines.Contains(line.Line with { Key = line.Line.Key with { State = State.Available } });
                if (line.Certainty == Certainty.AwaitsUpstream) return !Available(World.End + TimeSpan.FromDays(1000));
                return line.At > asOf && !Available(line.At - Tick) && Available(line.At);
            });
        }, iter: Cases);

    [Fact]
    public void What_awaits_the_upstream_is_released_by_its_confirmation_from_the_earliest_day_on()
    {
        var seen = 0;
        Anytime.Sample((any, asOf, _) =>
        {
            var world = KnownAt(any, asOf);
            foreach (var line in Forecast.Of(world.Order, world.Known, asOf, World.Zone).Value.Lines.Where(l => l.Certainty == Certainty.AwaitsUpstream))
            {
                Interlocked.Increment(ref seen);
                var confirmed = Plus(world, new("", FactKind.UpstreamConfirmed, asOf) { Attributes = [new("stage", Scalar.Of(line.Line.Key.Stage))] });
                bool Available(Instant at) => confirmed.TargetAt(at).Lines.Any(l =>
                    l.Key == line.Line.Key with { State = State.Available } && l.Amount == line.Line.Amount);
                if (!Available(Instant.Max(line.At, asOf)) || (line.At > asOf && Available(line.At - Tick))) return false;
            }
            return true;
        }, iter: Cases);

        Assert.True(seen > Cases / 100, $"{seen} lines are too few to prove anything");
    }

    [Fact]
    public void Advice_is_told_in_both_languages() =>
        Gen.Select(World.Any, World.Moment(150), Gen.Bool).Sample((world, asOf, chinese) =>
        {
            var advice = new Advice(new(chinese ? Language.Chinese : Language.English, Currency.Cny, World.Zone));
            return DeadlinesOf(world, asOf).All(d => advice.Tell(d) is { Length: > 5 } told && chinese == told.Any(c => c > 0x2E80));
        }, iter: Cases);

    [Fact]
    public void A_first_top_up_under_way_says_what_is_lacking_until_when_for_how_much()
    {
        var topUp = new Condition.Happened("topped_up") { Window = new("activated", Days: 30), AtLeast = new(50_00) };
        var stage = new Stage("first", Rate.Amount(new(120_00)), [topUp], new Release.AtOnce());
        var start = World.Start;
        var order = new Order("O1", new("P", 1, [stage]), start, [new("top", [Rate.Amount(new(100_00))]), new("seller", [Rate.Amount(new(80_00))])]);
        var world = new World(order, [new("a", "activated", start), new("b", "topped_up", start + TimeSpan.FromDays(1)) { Amount = new(20_00) }]);

        var deadline = Assert.Single(DeadlinesOf(world, start + TimeSpan.FromDays(2)));

        Assert.Equal(World.Zone.StartOf(new(2026, 2, 10)), deadline.At);
        Assert.Equal([new Stake("top", new(20_00)), new Stake("seller", new(80_00))], deadline.Stakes);
        Assert.Equal("须完成：充值，累计达到 50.00，激活后 30 天内；还差 30.00",
            new Advice(new(Language.Chinese, Currency.Cny, World.Zone)).Tell(deadline));
    }
}
