using System.Collections.Immutable;
using CsCheck;
using HaoSuan.Settling;
using Xunit;

namespace HaoSuan.Tests.Unit.Settling;

/// <summary>The table of properties of docs/settlement.md, each over at least ten thousand random worlds.</summary>
public sealed class PropertyTests
{
    private const int Cases = 10_000;

    private static readonly Gen<(World World, Instant AsOf)> Anytime = Gen.Select(World.Any, World.Moment(300));

    private static Dictionary<LineKey, Money> Booked(IEnumerable<Line> lines) => lines.ToDictionary(l => l.Key, l => l.Amount);

    private static void Post(Dictionary<LineKey, Money> booked, Target target)
    {
        foreach (var (key, amount) in Entries.Between(target.Lines.AsSpan(), booked.Select(b => new Entry(b.Key, b.Value))))
        {
            booked[key] = booked.GetValueOrDefault(key) + amount;
            if (booked[key].IsZero) booked.Remove(key);
        }
    }

    private static bool Same(Dictionary<LineKey, Money> a, Dictionary<LineKey, Money> b) =>
        a.Count == b.Count && a.All(entry => b.TryGetValue(entry.Key, out var other) && other == entry.Value);

    private static bool Same(Target a, Target b) => a.Upstream == b.Upstream && a.Lines.ToHashSet().SetEquals(b.Lines);

    [Fact]
    public void The_engine_says_what_a_plain_reading_of_the_text_says() =>
        Anytime.Sample((world, asOf) => world.TargetAt(asOf).Lines.ToHashSet().SetEquals(PlainReading.Lines(world, asOf)), iter: 3 * Cases);

    [Fact]
    public void No_two_lines_share_a_key() =>
        Anytime.Sample((world, asOf) => Booked(world.TargetAt(asOf).Lines).Count == world.TargetAt(asOf).Lines.Length, iter: Cases);

    [Fact]
    public void Idempotent_a_second_run_at_the_same_instant_posts_nothing() =>
        Anytime.Sample((world, asOf) =>
        {
            var booked = Booked([]);
            Post(booked, world.TargetAt(asOf));
            return Entries.Between(world.TargetAt(asOf).Lines.AsSpan(), booked.Select(b => new Entry(b.Key, b.Value))).Count == 0;
        }, iter: Cases);

    [Fact]
    public void Path_independent_settling_often_or_once_leaves_the_same_balances() =>
        Gen.Select(World.Any, World.Moment(300).Array[0, 6], World.Moment(300)).Sample((world, path, end) =>
        {
            var (often, once) = (Booked([]), Booked([]));
            foreach (var asOf in path.Order().Append(end)) Post(often, world.TargetAt(asOf));
            Post(once, world.TargetAt(end));
            return Same(often, once);
        }, iter: Cases);

    [Fact]
    public void Order_independent_the_sequence_of_recording_does_not_matter_once_all_is_recorded() =>
        Gen.Select(World.Any, Gen.Int[0, 400].Array[16], Gen.Int[0, 1_000_000]).Sample((world, delays, seed) =>
        {
            var distinct = world.Facts.DistinctBy(f => f.At).ToImmutableArray();
            var rerecorded = distinct.Select((f, i) => f with { RecordedAt = World.Start + TimeSpan.FromHours(delays[i % 16]) });
            var shuffled = rerecorded.OrderBy(f => HashCode.Combine(f.Id, seed));
            World first = world with { Facts = Voided(distinct) }, second = world with { Facts = Voided([.. shuffled]) };
            return Same(first.TargetAt(World.End), second.TargetAt(World.End));
        }, iter: Cases);

    [Fact]
    public void Conserving_upstream_is_all_commission_and_margin_and_no_fen_is_lost_between() =>
        Anytime.Sample((world, asOf) =>
        {
            var target = world.TargetAt(asOf);
            var split = target.Lines.Where(l => l.Key.Role is Role.Sale or Role.Spread).ToLookup(l => (l.Key.Stage, l.Key.Instance), l => l.Amount.Minor);
            var whole = target.Earnings.All(e => e.Top.Minor == split[(world.Order.Scheme.Stages[e.Stage].Key, e.Instance)].Sum());
            var rest = target.Lines.Where(l => l.Key.Role is Role.Peer or Role.Penalty).Sum(l => l.Amount.Minor);
            return whole && target.Upstream.Minor == target.Earnings.Sum(e => e.Upstream.Minor)
                && target.Commission.Minor == target.Earnings.Sum(e => e.Top.Minor) + rest;
        }, iter: Cases);

    [Fact]
    public void A_floored_split_overpays_nobody_and_adds_up_to_the_floor_of_the_whole() =>
        Gen.Select(Gen.Int[0, 1_000_000].Array[1, 6], Gen.Int[1, 400], Gen.Int[0, 400]).Sample((rates, of, used) =>
        {
            Array.Sort(rates, (a, b) => b - a);
            var left = new Portion(Math.Min(used, of), of);
            var kept = rates.Select(rate => left.From(new(rate)).Minor).Append(0).ToList();
            var full = rates.Append(0).ToList();
            var parts = Enumerable.Range(0, rates.Length).Select(i => kept[i] - kept[i + 1]).ToList();
            return parts.Sum() == (long)rates[0] * left.Used / of
                && parts.All(part => part >= 0)
                && parts.Select((part, i) => part * of <= ((full[i] - full[i + 1]) * (long)left.Used) + of - 1).All(fair => fair);
        }, iter: Cases);

    [Fact]
    public void Partition_independent_any_split_of_the_orders_gives_the_same_lines() =>
        Gen.Select(World.Any.Array[2, 5], World.Moment(300), Gen.Int[1, 4]).Sample((worlds, asOf, parts) =>
        {
            var orders = worlds.Select((world, i) => world with { Order = world.Order with { Id = $"O{i}" } }).ToList();
            var bonus = new Bonus("volume", "first", Scope.Team, TierBasis.Marginal, [new(1, new(100)), new(2, new(300))], new Release.AtOnce());
            var together = Lines(orders, bonus, asOf);
            var apart = orders.Chunk(parts).Reverse().SelectMany(part => part.SelectMany(w => w.TargetAt(asOf).Lines));
            return together.Where(l => l.Key.Role != Role.Bonus).ToHashSet().SetEquals(apart)
                && together.ToHashSet().SetEquals(Lines([.. orders.AsEnumerable().Reverse()], bonus, asOf));
        }, iter: Cases);

    [Fact]
    public void An_evaluator_keeps_nothing_of_the_order_before() =>
        Gen.Select(World.Any, World.Any, World.Moment(300)).Sample((first, second, asOf) =>
        {
            var evaluator = new Evaluator(World.Zone);
            evaluator.Evaluate(first.Order, first.Known, asOf);
            evaluator.Evaluate(second.Order, second.Known, asOf);
            return Same(evaluator.ToTarget(), second.TargetAt(asOf)) && evaluator.NextDueAt == second.TargetAt(asOf).NextDueAt;
        }, iter: Cases);

    [Fact]
    public void Nothing_changes_before_the_next_due_instant() =>
        Gen.Select(World.Any, World.Moment(300), Gen.Int[0, 1_000_000]).Sample((world, asOf, part) =>
        {
            var target = world.TargetAt(asOf);
            var due = target.NextDueAt ?? World.End + TimeSpan.FromDays(1000);
            var last = new Instant(due.Microseconds - 1);
            var between = asOf + new TimeSpan((last - asOf).Ticks / 1_000_000 * part);
            return due > asOf && Same(target, world.TargetAt(last)) && Same(target, world.TargetAt(between));
        }, iter: Cases);

    [Fact]
    public void Bounded_by_change_visiting_only_what_is_due_books_the_same() =>
        Gen.Select(World.Any, World.Moment(300).Array[1, 8]).Sample((world, path) =>
        {
            var booked = Booked([]);
            Instant? due = World.Start;
            foreach (var asOf in path.Order())
            {
                if (due <= asOf)
                {
                    var target = world.TargetAt(asOf);
                    Post(booked, target);
                    due = target.NextDueAt;
                }
                if (!Same(booked, Booked(world.TargetAt(asOf).Lines))) return false;
            }
            return true;
        }, iter: Cases);

    /// <summary>A void whose target is not among the facts would be refused.</summary>
    private static ImmutableArray<Fact> Voided(ImmutableArray<Fact> facts)
    {
        var ids = facts.Select(f => f.Id).Append("ordered").ToHashSet();
        var kept = facts.Where(f => f.Of is null || ids.Contains(f.Of)).ToImmutableArray();
        return kept.Length == facts.Length ? kept : Voided(kept);
    }

    private static List<Line> Lines(IReadOnlyList<World> worlds, Bonus bonus, Instant asOf)
    {
        var evaluator = new Evaluator(World.Zone);
        var bonuses = new Bonuses(bonus, World.Zone);
        List<Line> lines = [];
        foreach (var world in worlds)
        {
            evaluator.Evaluate(world.Order, world.Known, asOf);
            lines.AddRange(evaluator.Lines);
            bonuses.Add(world.Order, evaluator.Earnings);
        }
        return [.. lines, .. bonuses.Lines(asOf)];
    }
}
