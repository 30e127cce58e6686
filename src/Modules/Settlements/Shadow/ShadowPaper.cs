using HaoSuan.Catalog;

namespace HaoSuan.Settlements;

/// <summary>A shadow run on paper: the sums, by reason, by stage, by distributor, and each order with its reasons.</summary>
internal static class ShadowPaper
{
    public static Paper Of(
        Product product, ShadowRun run, IReadOnlyList<ShadowOrder> orders, IReadOnlyList<ShadowBonus> bonuses,
        ShadowWords words, IReadOnlyDictionary<DistributorId, string> names)
    {
        var outcome = run.Outcome;
        var none = run.DetailsRemovedAt is null ? "没有差异" : "明细已清除";
        return new(
            "试算结果",
            $"{product.Name} · 第 {run.Version} 版",
            [
                ("下单月份", ShadowWords.Months(run)), ("算到", run.AsOf), ("订单", run.Orders), ("有差异", run.Changed),
                ("不能结算（不计入合计）", run.Refused), ("列出的订单（差异大的在前）", orders.Count),
            ],
            [
                PaperTable.Of("合计", [.. Sums(outcome)], "",
                [
                    ("项目", s => s.Name, null), ("现行", s => s.Live, null), ("试算", s => s.Draft, null), ("变化", s => s.Draft - s.Live, null),
                ]),
                PaperTable.Of("按原因", outcome.Causes, "没有差异",
                [
                    ("原因", c => ShadowWords.Of(c.Reason), null), ("订单或奖励", c => ShadowWords.Touched(c), null),
                    ("上游变化", c => c.Change.Upstream, outcome.Change.Upstream), ("佣金变化", c => c.Change.Commission, outcome.Change.Commission),
                ]),
                PaperTable.Of("按阶段", outcome.Stages, "没有达成的阶段",
                [
                    ("阶段", s => ShadowWords.Of(s), null), ("现行达成", s => s.LiveEarned, null), ("试算达成", s => s.DraftEarned, null),
                    ("现行上游", s => s.Live.Upstream, outcome.Live.Upstream), ("试算上游", s => s.Draft.Upstream, outcome.Draft.Upstream),
                    ("现行佣金", s => s.Live.Commission, outcome.Live.Commission - outcome.Live.Bonus),
                    ("试算佣金", s => s.Draft.Commission, outcome.Draft.Commission - outcome.Draft.Bonus),
                ]),
                PaperTable.Of("按分销商", outcome.Shares, "没有分销商从这些订单得到佣金",
                [
                    ("分销商", s => names.GetValueOrDefault(s.Distributor), null), ("有变化的订单", s => s.Orders, null),
                    ("现行佣金", s => s.Live, outcome.Live.Commission), ("试算佣金", s => s.Draft, outcome.Draft.Commission),
                    ("变化", s => s.Draft - s.Live, outcome.Change.Commission), ("其中奖励", s => s.Bonus, outcome.Change.Bonus),
                ]),
                PaperTable.Of("阶梯奖励", bonuses, none,
                [
                    ("奖励", b => b.Bonus, null), ("月份", b => b.Month.ToString(), null), ("分销商", b => names.GetValueOrDefault(b.Distributor), null),
                    ("原因", b => ShadowWords.Of(b.Reason), null), ("现行张数", b => b.LiveCards, null), ("试算张数", b => b.DraftCards, null),
                    ("现行奖励", b => b.Live, outcome.Live.Bonus), ("试算奖励", b => b.Draft, outcome.Draft.Bonus),
                    ("变化", b => b.Draft - b.Live, outcome.Change.Bonus),
                ]),
                PaperTable.Of("按订单", [.. orders.SelectMany(o => o.Findings.Select(f => (Order: o, Finding: f)))], none,
                [
                    ("订单号", r => r.Order.OrderNo, null), ("下单时间", r => r.Order.OrderedAt, null), ("原因", r => ShadowWords.Of(r.Finding.Reason), null),
                    ("阶段", r => r.Finding.Stage, null), ("现行上游", r => r.Finding.Live.Upstream, null), ("试算上游", r => r.Finding.Draft.Upstream, null),
                    ("现行佣金", r => r.Finding.Live.Commission, null), ("试算佣金", r => r.Finding.Draft.Commission, null),
                    ("说明", r => words.Tell(r.Finding, r.Order), null),
                ]),
            ]);
    }

    /// <summary>What is compared, by name; what no order has is left out.</summary>
    public static IEnumerable<(string Name, Money Live, Money Draft)> Sums(ShadowOutcome outcome)
    {
        var (live, draft) = (outcome.Live, outcome.Draft);
        yield return ("上游收入", live.Upstream, draft.Upstream);
        yield return ("销售佣金", live.Sale, draft.Sale);
        yield return ("级差佣金", live.Spread, draft.Spread);
        if (live.Peer != draft.Peer || !live.Peer.IsZero) yield return ("平级奖", live.Peer, draft.Peer);
        if (live.Penalty != draft.Penalty || !live.Penalty.IsZero) yield return ("违约扣款", live.Penalty, draft.Penalty);
        if (!live.Bonus.IsZero || !draft.Bonus.IsZero) yield return ("阶梯奖励（有变化的）", live.Bonus, draft.Bonus);
        yield return ("佣金合计", live.Commission, draft.Commission);
        yield return ("其中可提现", live.Available, draft.Available);
        yield return ("毛利", live.Margin, draft.Margin);
    }
}
