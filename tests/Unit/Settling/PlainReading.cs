using HaoSuan.Settling;

namespace HaoSuan.Tests.Unit.Settling;

/// <summary>
/// A second reading of docs/settlement.md, as plain and slow as its sentences: calendar dates for every fact, sets instead of
/// buffers, sums instead of running ones. The engine must say the same.
/// </summary>
internal static class PlainReading
{
    private static readonly Zone Zone = World.Zone;

    public static List<Line> Lines(World world, Instant t)
    {
        var (order, seen) = (world.Order, Seen(world, t));
        List<Line> lines = [];
        var fired = order.Scheme.Clawbacks.Select(rule => Fired(rule, seen)).ToList();
        for (var stage = 0; stage < order.Scheme.Stages.Length; stage++)
        {
            foreach (var (instance, basis, earned) in Instances(order, order.Scheme.Stages[stage], seen).Where(i => i.Earned <= t))
                lines.AddRange(Split(order, stage, seen, fired, instance, basis, earned, t));
        }
        for (var rule = 0; rule < fired.Count; rule++)
        {
            if (fired[rule] is not { } c || order.Chain.IsEmpty || order.Scheme.Clawbacks[rule].Penalty.IsZero) continue;
            var key = new LineKey("O1", "clawback", $"{rule}", order.Chain[^1].Distributor, Role.Penalty, State.Available);
            lines.Add(new(key, -order.Scheme.Clawbacks[rule].Penalty, c.At, c.At));
        }
        return [.. lines.Where(l => !l.Amount.IsZero)];
    }

    private static DateOnly Date(Instant instant) => DateOnly.FromDateTime((instant.ToDateTimeOffset() + TimeSpan.FromHours(8)).DateTime);

    private static Instant Midnight(DateOnly date) => Instant.From(new(date.Year, date.Month, date.Day, 0, 0, 0, TimeSpan.FromHours(8)));

    private static int MonthOf(Instant instant) => (Date(instant).Year * 12) + Date(instant).Month;

    private static List<Fact> Seen(World world, Instant t)
    {
        Fact[] all = [new("ordered", "ordered", world.Order.OrderedAt), .. world.Facts];
        bool Holds(Fact fact) => fact.At <= t && fact.RecordedAt <= t && !all.Any(v => v.Of == fact.Id && Holds(v));
        return [.. all.Where(Holds).OrderBy(f => f.At)];
    }

    private static bool InWindow(Window window, Fact fact, List<Fact> seen)
    {
        if (window.After is null) return true;
        return seen.Find(f => f.Kind == window.After) is { } x && fact.At >= x.At
            && (window.Days is not { } days || Date(fact.At) <= Date(x.At).AddDays(days))
            && (window.Months is not { } months || MonthOf(fact.At) - MonthOf(x.At) <= months);
    }

    private static bool Has(Where where, Fact fact) =>
        where.Demands.All(d => fact.Attributes.Any(a => a.Name == d.Name && d.OneOf.Contains(a.Value)));

    private static Instant? MetAt(Condition condition, List<Fact> seen)
    {
        switch (condition)
        {
            case Condition.Happened c:
                var all = seen.Where(f => f.Kind == c.Kind && InWindow(c.Window, f, seen) && Has(c.Where, f))
                    .Where(f => c.EachAtLeast is not { } each || f.Amount >= each).ToList();
                var enough = all.Where((_, i) => c.AtLeast is not { } sum || all.Take(i + 1).Sum(f => f.Amount.Minor) >= sum.Minor);
                return enough.FirstOrDefault()?.At;
            case Condition.Quiet c when seen.Find(f => f.Kind == c.After) is { } x:
                var noise = seen.Where(f => c.Kinds.Contains(f.Kind) && Has(c.Where, f));
                var isBroken = noise.Any(f => Date(f.At) >= Date(x.At) && Date(f.At) <= Date(x.At).AddDays(c.ForDays));
                return isBroken ? null : Midnight(Date(x.At).AddDays(c.ForDays + 1));
            case Condition.NormalAtMonthEnd c when seen.Find(f => f.Kind == c.After) is { } x:
                var end = Midnight(new DateOnly(Date(x.At).Year, Date(x.At).Month, 1).AddMonths(c.Number));
                var before = seen.Where(f => f.At < end).ToList();
                var resumed = before.FindLastIndex(f => f.Kind == "resumed");
                var out_ = before.Skip(resumed + 1).Any(f => f.Kind == "suspended" && !c.Ignoring.Contains(f.Attribute("kind")!.Value.Text));
                return out_ || before.Exists(f => f.Kind == "cancelled") ? null : end;
            default:
                return null;
        }
    }

    private static IEnumerable<(string Instance, Money Basis, Instant Earned)> Instances(Order order, Stage stage, List<Fact> seen)
    {
        var met = stage.When.Select(c => MetAt(c, seen)).ToList();
        if (met.Exists(m => m is null)) return [];
        var earned = met.Count == 0 ? order.OrderedAt : met.Max(m => m!.Value);
        if (stage.Repeat is not { } repeat) return [("", order.Paid, earned)];
        if (seen.Find(f => f.Kind == repeat.After) is not { } x) return [];
        return seen.Where(f => f.Kind == repeat.Kind && f.At >= x.At && MonthOf(f.At) - MonthOf(x.At) + 1 <= repeat.Months)
            .Select(f => (f.Id, f.Amount, f.At > earned ? f.At : earned));
    }

    private static (Instant At, int Used)? Fired(Clawback rule, List<Fact> seen)
    {
        var fact = seen.Find(f => rule.On.Contains(f.Kind) && InWindow(rule.Window, f, seen) && Has(rule.Where, f));
        if (fact is null) return null;
        var opening = seen.Find(f => f.Kind == rule.Window.After);
        return (fact.At, opening is null ? 0 : Date(fact.At).DayNumber - Date(opening.At).DayNumber);
    }

    private static IEnumerable<Line> Split(
        Order order, int index, List<Fact> seen, List<(Instant At, int Used)?> fired, string instance, Money basis, Instant earned, Instant t)
    {
        var stage = order.Scheme.Stages[index];
        Money Keep(Money amount) => order.Scheme.Clawbacks.Select((rule, i) =>
            fired[i] is not { } c || !rule.Covers(stage) ? amount
            : earned > c.At || rule.Keep == HaoSuan.Settling.Keep.None ? Money.Zero
            : amount.Fraction(c.Used, rule.Window.Days!.Value)).Append(amount).Min();

        var plain = order.Chain.Select(seat => seat.Rates[index].Of(basis)).ToList();
        var c = plain.Select((own, i) => order.Scheme.Differential == Differential.Highest ? plain.Skip(i).Max() : own).Select(Keep).ToList();
        var releases = Released(stage, seen, earned);
        var state = releases <= t ? State.Available : State.Pending;
        Line Line(int i, Role role, Money amount) => new(new("O1", stage.Key, instance, order.Chain[i].Distributor, role, state), amount, earned, releases);
        for (var i = 0; i < c.Count; i++)
            yield return i == c.Count - 1 ? Line(i, Role.Sale, c[i]) : Line(i, Role.Spread, c[i] - c[i + 1]);
        if (c.Count > 1 && plain[^1] == plain[^2]) yield return Line(c.Count - 2, Role.Peer, Keep(stage.PeerBonus));
    }

    private static Instant? Released(Stage stage, List<Fact> seen, Instant earned)
    {
        var date = Date(earned);
        var first = new DateOnly(date.Year, date.Month, 1);
        var plain = stage.Release switch
        {
            Release.AtOnce => earned,
            Release.Days r => Midnight(date.AddDays(r.Count)),
            Release.Weekly r => Midnight(Enumerable.Range(1, 7).Select(date.AddDays).Single(d => (int)d.DayOfWeek == r.Weekday % 7)),
            Release.Monthly r => Midnight(Enumerable.Range(0, r.Day).Select(first.AddMonths(r.Months).AddDays)
                .Last(d => d < first.AddMonths(r.Months + 1))),
            _ => throw new InvalidOperationException(),
        };
        if (!stage.Release.AwaitsUpstream) return plain;
        var confirmed = seen.Find(f => f.Kind == "upstream_confirmed" && f.Attribute("stage")?.Text == stage.Key);
        return confirmed is null ? null : Instant.Max(plain, confirmed.At);
    }
}
