using System.Runtime.InteropServices;

namespace HaoSuan.Settling;

/// <summary>
/// Evaluates targets one after the other, in buffers of its own: what it shows is the last order's, until the next one. One
/// evaluator per thread. Its methods read in the order of docs/settlement.md: what is known, what is clawed back, what is
/// earned, how it is split.
/// </summary>
public sealed class Evaluator(Zone zone)
{
    private readonly List<Line> _lines = [];
    private readonly List<Earning> _earnings = [];
    private readonly List<Firing?> _firings = [];
    private readonly List<Share> _shares = [];
    private Fact[] _known = new Fact[16];
    private bool[] _withdrawn = new bool[16];
    private Order _order = null!;       // set first of all by Evaluate
    private Instant _asOf;
    private Instant _knownAt;

    public ReadOnlySpan<Line> Lines => CollectionsMarshal.AsSpan(_lines);

    public ReadOnlySpan<Earning> Earnings => CollectionsMarshal.AsSpan(_earnings);

    /// <summary>For each clawback rule of the scheme, its firing, if it has fired.</summary>
    public ReadOnlySpan<Firing?> Firings => CollectionsMarshal.AsSpan(_firings);

    /// <summary>The sum of the kept upstream amounts of all earned instances.</summary>
    public Money Upstream { get; private set; }

    /// <summary>The next instant at which the target may change without a new fact; null: never.</summary>
    public Instant? NextDueAt { get; private set; }

    /// <summary>The rate above its parent's for which the last order was refused.</summary>
    public Inversion? Inversion { get; private set; }

    /// <summary>The refusal, if the order cannot be settled: then there are no lines.</summary>
    public Refusal? Evaluate(Order order, History history, Instant asOf) => Evaluate(order, history, asOf, asOf);

    /// <summary>The target of an instant to come, if nothing more becomes known than what is known at <paramref name="knownAt"/>.</summary>
    public Refusal? Evaluate(Order order, History history, Instant asOf, Instant knownAt)
    {
        (_order, _asOf, _knownAt, Inversion) = (order, asOf, knownAt, order.FirstInversion());
        Clear();
        if (Inversion is null) Settle(Know(history));
        if (Inversion is not { } inversion) return null;
        Clear();
        return order.Refuse(inversion);
    }

    /// <summary>The facts known at the instant of the last evaluation.</summary>
    public Facts Know(History history)
    {
        var facts = history.Facts;
        var count = 0;
        if (_known.Length < facts.Length) (_known, _withdrawn) = (new Fact[facts.Length * 2], new bool[facts.Length * 2]);
        if (history.HasVoids) history.MarkWithdrawn(_knownAt, _withdrawn.AsSpan(0, facts.Length));
        for (var i = 0; i < facts.Length; i++)
        {
            if (facts[i].SeenFrom > _knownAt) Due(facts[i].SeenFrom);
            else if (!history.HasVoids || !_withdrawn[i]) _known[count++] = facts[i];
        }
        return new(_known.AsSpan(0, count), zone);
    }

    /// <summary>The instant at which a stage's conditions are all met, which may lie in the future.</summary>
    public static Instant? MetAt(Stage stage, Order order, Facts facts)
    {
        if (stage.When.IsEmpty) return order.OrderedAt;
        var latest = Instant.MinValue;
        foreach (var condition in stage.When)
        {
            if (condition.MetAt(facts) is not { } met) return null;
            latest = Instant.Max(latest, met);
        }
        return latest;
    }

    public Target ToTarget() => new([.. _lines], [.. _earnings], Upstream, NextDueAt);

    private void Clear()
    {
        _lines.Clear();
        _earnings.Clear();
        _firings.Clear();
        (Upstream, NextDueAt) = (Money.Zero, null);
    }

    private void Settle(Facts facts)
    {
        for (var rule = 0; rule < _order.Scheme.Clawbacks.Length; rule++) Fire(rule, facts);
        for (var stage = 0; stage < _order.Scheme.Stages.Length; stage++) Earn(stage, facts);
    }

    private void Fire(int rule, Facts facts)
    {
        var clawback = _order.Scheme.Clawbacks[rule];
        var firing = clawback.FiredAmong(facts);
        _firings.Add(firing);
        if (firing is not { By.At: var at } || _order.Chain.IsEmpty) return;
        var instance = rule < Indexes.Length ? Indexes[rule] : rule.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Add("clawback", instance, _order.Chain[^1].Distributor, Role.Penalty, -clawback.Penalty, at, at);
    }

    private void Earn(int index, Facts facts)
    {
        var stage = _order.Scheme.Stages[index];
        if (MetAt(stage, _order, facts) is not { } met) return;
        if (stage.Repeat is not { } repeat)
        {
            Earn(index, "", _order.Paid, met, facts);
            return;
        }
        if (repeat.Window.Among(facts) is not { } window) return;
        foreach (var fact in facts.Known)
        {
            var pays = fact.Kind == repeat.Kind && window.Contains(fact.At);
            if (pays) Earn(index, fact.Id, fact.Amount, Instant.Max(met, fact.At), facts);
        }
    }

    private void Earn(int index, string instance, Money basis, Instant earned, Facts facts)
    {
        if (earned > _asOf)
        {
            Due(earned);
            return;
        }
        var stage = _order.Scheme.Stages[index];
        if (stage.Repeat is not null) Inversion ??= _order.FirstInversion(index, basis);
        var left = LeftOf(stage, earned);
        var releases = ReleaseOf(stage, earned, facts);
        var upstream = left.From(stage.Upstream.Of(basis));
        Upstream += upstream;
        var top = Share(index, instance, basis, left, earned, releases);
        _earnings.Add(new(index, instance, basis, earned, releases, left, upstream, top));
    }

    private Portion LeftOf(Stage stage, Instant earned)
    {
        var left = Portion.All;
        for (var rule = 0; rule < _firings.Count; rule++)
        {
            if (_firings[rule] is not { } firing || !_order.Scheme.Clawbacks[rule].Covers(stage)) continue;
            left = Portion.Least(left, firing.Left(earned));
        }
        return left;
    }

    private Instant? ReleaseOf(Stage stage, Instant earned, Facts facts)
    {
        var release = stage.Release.Of(earned, zone);
        if (!stage.Release.AwaitsUpstream) return release;
        return facts.Confirmation(stage) is { } confirmation ? Instant.Max(release, confirmation.At) : null;
    }

    private Money Share(int index, string instance, Money basis, Portion left, Instant earned, Instant? releases)
    {
        _shares.Clear();
        var top = Split.Over(_order, index, basis, left, _shares);
        foreach (ref readonly var share in CollectionsMarshal.AsSpan(_shares))
        {
            var distributor = _order.Chain[share.Seat].Distributor;
            Add(_order.Scheme.Stages[index].Key, instance, distributor, share.Role, share.Amount, earned, releases);
        }
        return top;
    }

    private void Add(string stage, string instance, string distributor, Role role, Money amount, Instant earned, Instant? releases)
    {
        if (amount.IsZero) return;
        if (releases > _asOf) Due(releases.Value);
        var state = releases <= _asOf ? State.Available : State.Pending;
        _lines.Add(new(new(_order.Id, stage, instance, distributor, role, state), amount, earned, releases));
    }

    private void Due(Instant instant) => NextDueAt = NextDueAt is { } due ? Instant.Min(due, instant) : instant;

    private static readonly string[] Indexes = ["0", "1", "2", "3", "4", "5", "6", "7"];
}
