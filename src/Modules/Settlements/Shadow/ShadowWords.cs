using HaoSuan.Orders;

namespace HaoSuan.Settlements;

/// <summary>What a shadow run has found, in plain words.</summary>
internal sealed class ShadowWords(Zone zone, Texts texts, IReadOnlyDictionary<DistributorId, string> names)
{
    public static string Of(ShadowReason reason) => reason switch
    {
        ShadowReason.Earned => "新达成",
        ShadowReason.NotEarned => "不再达成",
        ShadowReason.Amount => "金额变动",
        ShadowReason.Clawback => "扣回不同",
        ShadowReason.ReleasedEarlier => "解冻提前",
        ShadowReason.ReleasedLater => "解冻推后",
        ShadowReason.Refused => "试算不能结算",
        ShadowReason.LiveRefused => "现行不能结算",
        ShadowReason.MoreCards => "奖励张数增加",
        ShadowReason.FewerCards => "奖励张数减少",
    };

    public static Tone ToneOf(ShadowReason reason) => reason switch
    {
        ShadowReason.Refused => Tone.Bad,
        ShadowReason.NotEarned or ShadowReason.LiveRefused or ShadowReason.FewerCards => Tone.Warn,
        ShadowReason.Earned or ShadowReason.MoreCards => Tone.Good,
        ShadowReason.Amount or ShadowReason.Clawback or ShadowReason.ReleasedEarlier or ShadowReason.ReleasedLater => Tone.Info,
    };

    /// <summary>Whether it is about bonuses, which span orders.</summary>
    public static bool IsOfBonuses(ShadowReason reason) => reason is ShadowReason.MoreCards or ShadowReason.FewerCards;

    /// <summary>How many the reason touches: 3 单, or 3 笔奖励.</summary>
    public static string Touched(ShadowCause cause) => IsOfBonuses(cause.Reason) ? $"{cause.Orders} 笔奖励" : $"{cause.Orders} 单";

    public static string Months(ShadowRun run) => run.First == run.Last ? $"{run.First}" : $"{run.First} 至 {run.Last}";

    /// <summary>A stage of the sums.</summary>
    public static string Of(ShadowStage stage) => stage.Key.Length == 0 ? "违约扣款" : stage.Name;

    /// <summary>What the reason means for one order: 「激活」上游 ￥120.00 → ￥130.00，佣金 ￥100.00 不变.</summary>
    public string Tell(ShadowFinding finding, ShadowOrder order) => finding.Reason switch
    {
        ShadowReason.Refused or ShadowReason.LiveRefused => order.Refusal is { } refusal ? Named(texts.Of(refusal), order) : "",
        ShadowReason.Earned => $"{Stage(finding)}{At(finding.At)} 达成：{Amounts(finding.Draft)}",
        ShadowReason.NotEarned => $"{Stage(finding)}现行 {At(finding.At)} 达成：{Amounts(finding.Live)}",
        ShadowReason.Amount => $"{Stage(finding)}{Moved(finding)}",
        ShadowReason.Clawback when finding.LiveKept is null => $"违约扣款 {Moved(finding.Live.Commission, finding.Draft.Commission)}",
        ShadowReason.Clawback => $"{Stage(finding)}现行{Kept(finding.LiveKept)}，试算{Kept(finding.DraftKept)}：{Moved(finding)}",
        ShadowReason.ReleasedEarlier or ShadowReason.ReleasedLater =>
            $"{Stage(finding)}{At(finding.LiveRelease)} → {At(finding.DraftRelease)}：佣金 {YuanText.Of(finding.Draft.Commission)}",
        ShadowReason.MoreCards or ShadowReason.FewerCards => throw new System.Diagnostics.UnreachableException("Bonuses are not an order's."),
    };

    private string Stage(ShadowFinding finding) =>
        finding.Instance.Length == 0 || finding.Reason is ShadowReason.Earned or ShadowReason.NotEarned
            ? $"「{finding.Stage}」"
            : $"「{finding.Stage}」{At(finding.At)} 那一笔：";

    private static string Amounts(ShadowAmounts amounts) => $"上游 {YuanText.Of(amounts.Upstream)}，佣金 {YuanText.Of(amounts.Commission)}";

    private static string Moved(ShadowFinding finding)
    {
        var (live, draft) = (finding.Live, finding.Draft);
        return live == draft
            ? $"佣金仍为 {YuanText.Of(draft.Commission)}，分配不同"
            : $"上游 {Moved(live.Upstream, draft.Upstream)}，佣金 {Moved(live.Commission, draft.Commission)}";
    }

    private static string Moved(Money live, Money draft) => live == draft ? $"{YuanText.Of(draft)} 不变" : $"{YuanText.Of(live)} → {YuanText.Of(draft)}";

    private static string Kept(string? portion) => portion?.Split('/') switch
    {
        ["0", _] => "全部扣回",
        [var used, var of] when used != of => $"保留 {used}/{of}",
        _ => "不扣回",
    };

    private string At(Instant? at) => at is { } known ? Moments.Text(known, zone) : "待上游确认";

    private string Named(string text, ShadowOrder order) => names.Aggregate(
        text.Replace(OrderToSettle.Name(order.OrderId), order.OrderNo, StringComparison.Ordinal),
        (all, n) => all.Replace(OrderToSettle.Name(n.Key), n.Value, StringComparison.Ordinal));
}
