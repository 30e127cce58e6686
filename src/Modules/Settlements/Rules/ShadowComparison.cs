using HaoSuan.Settling;

namespace HaoSuan.Settlements;

/// <summary>One order on both sides, and why they differ. The changes of the findings add up to the difference of the sides.</summary>
internal sealed record ShadowComparison(Evaluation Live, Evaluation Draft, Scheme LiveScheme, Scheme DraftScheme)
{
    public Refusal? Refusal => Draft.Refusal ?? Live.Refusal;

    public IReadOnlyList<ShadowFinding> Findings()
    {
        if (Draft.Refusal is not null) return [Whole(ShadowReason.Refused)];
        if (Live.Refusal is not null) return [Whole(ShadowReason.LiveRefused)];
        var (live, draft) = (Instances(LiveScheme, Live.Target), Instances(DraftScheme, Draft.Target));
        List<ShadowFinding> findings = [];
        foreach (var key in draft.Keys.Concat(live.Keys.Where(k => !draft.ContainsKey(k))))
            findings.AddRange(Compare(live.GetValueOrDefault(key), draft.GetValueOrDefault(key)));
        if (Penalty(Live.Target) is var before && Penalty(Draft.Target) is var after && before != after)
            findings.Add(new(ShadowReason.Clawback, "", "", null, new(default, before), new(default, after)));
        return findings;
    }

    public static ShadowAmounts AmountsOf(Target target) => new(target.Upstream, target.Commission);

    public static Money Penalty(Target target) => Sum(target.Lines.Where(l => l.Key.Role == Role.Penalty));

    public static ShadowSide SideOf(Target target)
    {
        Money Of(Role role) => Sum(target.Lines.Where(l => l.Key.Role == role));
        return new(target.Upstream, Of(Role.Sale), Of(Role.Spread), Of(Role.Peer), Of(Role.Penalty),
            Sum(target.Lines.Where(l => l.Key.State == State.Available)));
    }

    /// <summary>The earned instances of all stages with what they come to, in the order of the scheme.</summary>
    public static Dictionary<(string Stage, string Instance), Instance> Instances(Scheme scheme, Target target)
    {
        var lines = target.Lines.Where(l => l.Key.Role != Role.Penalty).ToLookup(l => (l.Key.Stage, l.Key.Instance));
        Dictionary<(string, string), Instance> instances = [];
        foreach (var earning in target.Earnings)
        {
            var stage = scheme.Stages[earning.Stage];
            instances[(stage.Key, earning.Instance)] = new(stage.Name, earning, [.. lines[(stage.Key, earning.Instance)]]);
        }
        return instances;
    }

    private static IEnumerable<ShadowFinding> Compare(Instance? live, Instance? draft)
    {
        if (live is null || draft is null)
        {
            var (one, reason) = draft is null ? (live!, ShadowReason.NotEarned) : (draft, ShadowReason.Earned);
            if (one.IsWorthSomething) yield return one.Find(reason, live?.Amounts ?? default, draft?.Amounts ?? default);
            yield break;
        }
        var (was, now) = (live.Earning.Left, draft.Earning.Left);
        var isKeptAlike = (long)was.Used * now.Of == (long)now.Used * was.Of;
        if (live.Amounts != draft.Amounts || !live.Shares.SetEquals(draft.Shares))
        {
            yield return isKeptAlike
                ? draft.Find(ShadowReason.Amount, live.Amounts, draft.Amounts)
                : draft.Find(ShadowReason.Clawback, live.Amounts, draft.Amounts) with { LiveKept = Text(was), DraftKept = Text(now) };
        }
        if (!draft.Shares.Any() || Order(live.Earning.ReleasesAt, draft.Earning.ReleasesAt) is not { } moved) yield break;
        yield return draft.Find(moved, draft.Amounts, draft.Amounts) with
        {
            LiveRelease = live.Earning.ReleasesAt,
            DraftRelease = draft.Earning.ReleasesAt,
        };
    }

    /// <summary>What waits for the upstream's word comes last.</summary>
    private static ShadowReason? Order(Instant? was, Instant? now) => (was ?? Instant.MaxValue).CompareTo(now ?? Instant.MaxValue) switch
    {
        < 0 => ShadowReason.ReleasedLater,
        > 0 => ShadowReason.ReleasedEarlier,
        _ => null,
    };

    private ShadowFinding Whole(ShadowReason reason) => new(reason, "", "", null, AmountsOf(Live.Target), AmountsOf(Draft.Target));

    private static string Text(Portion portion) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{portion.Used}/{portion.Of}");

    private static Money Sum(IEnumerable<Line> lines) => lines.Aggregate(Money.Zero, (sum, l) => sum + l.Amount);

    /// <summary>An earned instance of a stage, with its lines.</summary>
    internal sealed record Instance(string Stage, Earning Earning, IReadOnlyList<Line> Lines)
    {
        public ShadowAmounts Amounts { get; } = new(Earning.Upstream, Sum(Lines));

        /// <summary>Who gets what as which role, held or not.</summary>
        public IReadOnlySet<(string, Role, Money)> Shares { get; } = Lines.Select(l => (l.Key.Distributor, l.Key.Role, l.Amount)).ToHashSet();

        public bool IsWorthSomething => !Earning.Upstream.IsZero || Lines.Count > 0;

        public ShadowFinding Find(ShadowReason reason, ShadowAmounts live, ShadowAmounts draft) =>
            new(reason, Stage, Earning.Instance, Earning.EarnedAt, live, draft);
    }
}
