using HaoSuan.Settling;
using HaoSuan.Settling.Explaining;

namespace HaoSuan.Settlements;

/// <summary>Puts an explanation into words for one viewer: a distributor sees its own amounts, the operator (null) everybody's.</summary>
internal sealed class Explained(Explanation explanation, Prose prose, string? viewer)
{
    public IReadOnlyList<StageWhy> Stages => [.. explanation.Stages.Select(Stage)];

    public IReadOnlyList<PenaltyWhy> Penalties =>
    [
        .. from clawback in explanation.Clawbacks
           let seller = explanation.Order.Chain[^1].Distributor
           where clawback.Firing is not null && !clawback.Clawback.Penalty.IsZero && (viewer is null || viewer == seller)
           let fact = clawback.Firing!.Value.By
           select new PenaltyWhy(Id(seller), -clawback.Clawback.Penalty, $"因 {prose.At(fact.At)} 的{prose.Name(fact)}"),
    ];

    private StageWhy Stage(StageExplanation stage)
    {
        var repeat = stage.Stage.Repeat is { } r
            ? $"{prose.Word(r.After)}当月为第 1 个月，第 1 至 {r.Months} 个自然月内每次{prose.Word(r.Kind)}各计一笔"
            : null;
        return new(stage.Stage.Name, ShareOf(stage.Stage),
            [.. stage.Conditions.Select(f => new ConditionWhy(prose.Ask(f.Condition), prose.Tell(f), StandingOf(f.Standing)))],
            repeat, [.. stage.Earnings.Select(e => Earning(stage.Stage, e))]);
    }

    /// <summary>What the viewer's place in the chain is worth, by the terms alone.</summary>
    private Money? ShareOf(Stage stage)
    {
        if (viewer is null || stage.Repeat is not null) return null;
        var (order, shares) = (explanation.Order, new List<Share>());
        Split.Over(order, order.Scheme.Stages.IndexOf(stage), order.Paid, Portion.All, shares);
        return shares.Where(s => order.Chain[s.Seat].Distributor == viewer).Aggregate(Money.Zero, (sum, s) => sum + s.Amount);
    }

    private EarningWhy Earning(Stage stage, EarningExplanation earning) => new(
        earning.Earning.EarnedAt,
        earning.Fact is { } fact ? prose.Name(fact) : null,
        prose.Release(stage, earning, explanation.AsOf),
        earning.Earning.ReleasesAt,
        [.. earning.ClawedBackBy.Select(Taking)],
        [.. earning.Shares.Where(s => !s.Amount.IsZero && (viewer is null || explanation.Order.Chain[s.Seat].Distributor == viewer))
            .Select(s => new AmountWhy(Id(explanation.Order.Chain[s.Seat].Distributor), s.Role, s.Amount, prose.Sum(s, earning.Earning.Left)))],
        viewer is null ? earning.Earning.Upstream : null);

    private string Taking(Taking taking)
    {
        var left = taking.Leaves.Used == 0 ? "全部扣回" : $"保留 {taking.Leaves.Used}/{taking.Leaves.Of}";
        return $"因 {prose.At(taking.By.At)} 的{prose.Name(taking.By)}：{left}";
    }

    private static ConditionStanding StandingOf(Standing standing) => standing switch
    {
        Standing.Met => ConditionStanding.Met,
        Standing.Due or Standing.Missing or Standing.Unopened => ConditionStanding.Open,
        Standing.Broken or Standing.Over => ConditionStanding.Failed,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static DistributorId Id(string name) => DistributorId.From(Guid.Parse(name));
}
