namespace HaoSuan.Settlements;

/// <summary>The sums of a shadow run while it goes from order to order; what they are kept as is <see cref="ShadowOutcome"/>.</summary>
internal sealed class ShadowTally
{
    private readonly Dictionary<ShadowReason, ShadowCause> _causes;
    private readonly Dictionary<string, ShadowStage> _stages;
    private readonly Dictionary<DistributorId, ShadowShare> _shares;
    private readonly Dictionary<string, ShadowRates> _rates;
    private readonly SortedDictionary<string, ShadowBonusSum> _bonuses = new(StringComparer.Ordinal);
    private ShadowSide _live;
    private ShadowSide _draft;

    /// <summary>Goes on from what earlier parts have come to.</summary>
    public ShadowTally(ShadowOutcome before)
    {
        _causes = before.Causes.ToDictionary(c => c.Reason);
        _stages = before.Stages.ToDictionary(s => s.Key, StringComparer.Ordinal);
        _shares = before.Shares.ToDictionary(s => s.Distributor);
        _rates = before.Rates.ToDictionary(r => r.Stage, StringComparer.Ordinal);
        foreach (var bonus in before.Bonuses) _bonuses[bonus.Bonus] = bonus;
        (_live, _draft) = (before.Live, before.Draft);
    }

    public ShadowOutcome Outcome => new(
        _live, _draft, [.. _causes.Values.OrderBy(c => c.Reason)], [.. _stages.Values], [.. _shares.Values], [.. _rates.Values])
    {
        Bonuses = [.. _bonuses.Values],
    };

    public void Add(ShadowComparison compared, IReadOnlyList<ShadowFinding> findings)
    {
        foreach (var cause in findings.GroupBy(f => f.Reason))
        {
            var known = _causes.GetValueOrDefault(cause.Key) ?? new(cause.Key, 0, default);
            // Refused orders are in no sum, so what they would change is not told either.
            var change = compared.Refusal is null ? cause.Aggregate(default(ShadowAmounts), (sum, f) => sum + (f.Draft - f.Live)) : default;
            _causes[cause.Key] = known with { Orders = known.Orders + 1, Change = known.Change + change };
        }
        if (compared.Refusal is not null) return;
        _live += ShadowComparison.SideOf(compared.Live.Target);
        _draft += ShadowComparison.SideOf(compared.Draft.Target);
        AddStages(compared);
        AddShares(compared);
    }

    /// <summary>An order took the rates of a stage from there.</summary>
    public void AddRates(IEnumerable<(string Stage, bool Supposed)> added)
    {
        foreach (var (stage, isSupposed) in added)
        {
            var known = _rates.GetValueOrDefault(stage) ?? new(stage, 0, 0);
            _rates[stage] = isSupposed ? known with { Supposed = known.Supposed + 1 } : known with { Current = known.Current + 1 };
        }
    }

    /// <summary>A bonus of a distributor's month that differs.</summary>
    /// <param name="bonus">On both sides.</param>
    /// <param name="isAvailable">Whether it is released.</param>
    public void Add(ShadowBonus bonus, bool isAvailable)
    {
        var change = bonus.Draft - bonus.Live;
        var cause = _causes.GetValueOrDefault(bonus.Reason) ?? new(bonus.Reason, 0, default);
        _causes[bonus.Reason] = cause with { Orders = cause.Orders + 1, Change = cause.Change + new ShadowAmounts(default, change) };
        _live = Plus(_live, bonus.Live);
        _draft = Plus(_draft, bonus.Draft);
        var sum = _bonuses.GetValueOrDefault(bonus.Bonus) ?? new(bonus.Bonus, 0, default, default);
        _bonuses[bonus.Bonus] = sum with { Months = sum.Months + 1, Live = sum.Live + bonus.Live, Draft = sum.Draft + bonus.Draft };
        var share = _shares.GetValueOrDefault(bonus.Distributor) ?? new(bonus.Distributor, 0, default, default);
        _shares[bonus.Distributor] = share with { Live = share.Live + bonus.Live, Draft = share.Draft + bonus.Draft, Bonus = share.Bonus + change };

        ShadowSide Plus(ShadowSide side, Money amount) =>
            side with { Bonus = side.Bonus + amount, Available = side.Available + (isAvailable ? amount : Money.Zero) };
    }

    private void AddStages(ShadowComparison compared)
    {
        foreach (var ((key, _), one) in ShadowComparison.Instances(compared.DraftScheme, compared.Draft.Target))
        {
            var stage = StageOf(key, one.Stage);
            _stages[key] = stage with { DraftEarned = stage.DraftEarned + 1, Draft = stage.Draft + one.Amounts };
        }
        foreach (var ((key, _), one) in ShadowComparison.Instances(compared.LiveScheme, compared.Live.Target))
        {
            var stage = StageOf(key, one.Stage);
            _stages[key] = stage with { LiveEarned = stage.LiveEarned + 1, Live = stage.Live + one.Amounts };
        }
        var (was, now) = (ShadowComparison.Penalty(compared.Live.Target), ShadowComparison.Penalty(compared.Draft.Target));
        if (was.IsZero && now.IsZero) return;
        var penalties = StageOf("", "");
        _stages[""] = penalties with
        {
            LiveEarned = penalties.LiveEarned + (was.IsZero ? 0 : 1),
            DraftEarned = penalties.DraftEarned + (now.IsZero ? 0 : 1),
            Live = penalties.Live + new ShadowAmounts(default, was),
            Draft = penalties.Draft + new ShadowAmounts(default, now),
        };
    }

    private ShadowStage StageOf(string key, string name) => _stages.GetValueOrDefault(key) ?? new(key, name, 0, 0, default, default);

    private void AddShares(ShadowComparison compared)
    {
        var live = compared.Live.Target.Lines.ToLookup(l => l.Key.Distributor, l => l.Amount);
        var draft = compared.Draft.Target.Lines.ToLookup(l => l.Key.Distributor, l => l.Amount);
        foreach (var name in live.Select(l => l.Key).Union(draft.Select(d => d.Key)))
        {
            var id = DistributorId.From(Guid.Parse(name));
            var (was, now) = (Sum(live[name]), Sum(draft[name]));
            var share = _shares.GetValueOrDefault(id) ?? new(id, 0, default, default);
            _shares[id] = share with { Orders = share.Orders + (was == now ? 0 : 1), Live = share.Live + was, Draft = share.Draft + now };
        }
    }

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, a) => sum + a);
}
