using HaoSuan.Orders;
using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Settlements;

/// <summary>Puts an explanation into words for one viewer: a distributor sees its own amounts, the operator (null) everybody's.</summary>
internal sealed class Explained(Explanation explanation, Prose prose, string? viewer, IEnumerable<FactSeen> facts)
{
    private readonly Dictionary<string, FactSeen> _seen = facts.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public FactSeen? EndedBy => explanation.EndedBy is { } fact ? Seen(fact) : null;

    public IReadOnlyList<StageWhy> Stages => [.. explanation.Stages.Select(Stage)];

    public IReadOnlyList<PenaltyWhy> Penalties =>
    [
        .. from clawback in explanation.Clawbacks
           where clawback.Firing is not null && !clawback.Clawback.Penalty.IsZero && !explanation.Order.Chain.IsEmpty
           let seller = explanation.Order.Chain[^1].Distributor
           where viewer is null || viewer == seller
           select new PenaltyWhy(Id(seller), -clawback.Clawback.Penalty, Seen(clawback.Firing!.Value.By)),
    ];

    private StageWhy Stage(StageExplanation stage, int index)
    {
        List<EarningWhy> earnings = [.. stage.Earnings.Select(e => Earning(stage.Stage, e))];
        var state = stage.Earnings.IsEmpty
            ? stage.IsLost ? StageState.Lost : StageState.Open
            : stage.Earnings.All(e => e.Earning.Left.Used == 0) ? StageState.TakenBack : StageState.Earned;
        var amount = earnings.SelectMany(e => e.Lines).Aggregate(Money.Zero, (sum, line) => sum + line.Amount);
        var prospect = stage.Prospect is { } p ? new ProspectWhy(Lines(p.Shares, p.Left), p.TakenBackBy is { } taking ? Taken(taking) : null) : null;
        return new(
            stage.Stage.Name, state, amount, prospect, [.. stage.Conditions.Select(Condition)],
            stage.Stage.Repeat is { } repeat ? Repeat(repeat, index) : null, earnings);
    }

    private ConditionWhy Condition(Finding finding)
    {
        var rests = finding.Opening is { } opening ? finding.Facts.Prepend(opening).Distinct() : finding.Facts;
        return new(prose.Ask(finding.Condition), prose.Tell(finding), StandingOf(finding), [.. rests.Select(Seen)]);
    }

    private string Repeat(Repeat repeat, int stage)
    {
        var when = $"{prose.Word(repeat.After)}当月为第 1 个月，第 1 至 {repeat.Months} 个自然月内每次{prose.Word(repeat.Kind)}各计一笔";
        var chain = explanation.Order.Chain;
        var seat = chain.Select(s => s.Distributor).ToList().IndexOf(viewer ?? "");
        if (seat < 0) return when;
        var below = seat + 1 == chain.Length ? "" : $"，减去下级的 {Said(chain[seat + 1].Rates[stage])}";
        return $"{when}，每笔为 {Said(chain[seat].Rates[stage])}{below}";
    }

    private string Said(Rate rate) => rate.IsShare ? $"{new Bps((int)rate.Of(new(10_000)).Minor)}" : prose.Yuan(rate.Of(Money.Zero));

    private EarningWhy Earning(Stage stage, EarningExplanation earning) => new(
        earning.Earning.EarnedAt,
        earning.Fact is { } fact ? Seen(fact) : null,
        prose.Release(stage, earning, explanation.AsOf),
        earning.Confirmation is { } confirmation ? Seen(confirmation) : null,
        earning.Earning.ReleasesAt,
        [.. earning.ClawedBackBy.Select(Taken)],
        Lines(earning.Shares, earning.Earning.Left),
        viewer is null ? earning.Earning.Upstream : null);

    /// <summary>Also those of 0: somebody who gets nothing wants to know why most of all.</summary>
    private List<AmountWhy> Lines(IEnumerable<Share> shares, Portion left) =>
    [
        .. from share in shares
           let distributor = explanation.Order.Chain[share.Seat].Distributor
           where viewer is null || distributor == viewer
           select new AmountWhy(Id(distributor), share.Role, share.Amount, prose.Sum(share, left)),
    ];

    private TakingWhy Taken(Taking taking)
    {
        var left = taking.Leaves.Used == 0 ? "全部扣回" : $"保留 {taking.Leaves.Used}/{taking.Leaves.Of}";
        return new($"因 {prose.At(taking.By.At)} 的{prose.Name(taking.By)}：{left}", Seen(taking.By));
    }

    private FactSeen Seen(Fact fact) =>
        _seen.GetValueOrDefault(fact.Id) ?? new("", prose.Word(fact.Kind), fact.At, fact.RecordedAt, fact.Amount, false, Origin.Ordered);

    private static ConditionStanding StandingOf(Finding finding) =>
        finding.Standing is Standing.Met ? ConditionStanding.Met : finding.IsLost ? ConditionStanding.Failed : ConditionStanding.Open;

    private static DistributorId Id(string name) => DistributorId.From(Guid.Parse(name));
}
