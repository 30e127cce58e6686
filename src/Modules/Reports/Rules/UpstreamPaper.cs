namespace HaoSuan.Reports;

/// <summary>An upstream's statement on paper.</summary>
internal static class UpstreamPaper
{
    public static Paper Of(UpstreamStatement s) => new(
        $"{s.Month.Year} 年 {s.Month.OfYear} 月上游对账单", s.Upstream,
        [
            ("账期", s.Month), ("期初应收", s.Opening), ("＋ 入账收入", s.Income), ("＋ 对账调整", s.Adjusted), ("－ 收款", s.Received), ("＝ 期末应收", s.Closing),
            ("本月对账确认", $"{s.Confirmed.Count} 笔，{YuanText.Of(s.Confirmed.Amount)}"),
        ],
        [
            PaperTable.Of("入账收入", s.Lines, "本月没有入账收入",
            [
                ("产品", l => l.Product, null), ("阶段", l => l.Stage, null), ("备注", l => Late(l.Late), null), ("笔数", l => l.Count, s.Lines.Sum(l => l.Count)),
                ("金额", l => l.Amount, s.Income),
            ]),
            PaperTable.Of("调整与收款", s.Changes, "本月没有对账调整和收款",
            [
                ("入账时间", c => c.At, null), ("分录", c => c.Number is { } number ? $"#{number}" : "待封存", null), ("类型", c => c.Kind, null),
                ("摘要", c => c.Title, null), ("备注", c => Late(c.Late), null), ("金额", c => c.Amount, s.Adjusted - s.Received),
            ]),
        ]);

    private static string Late(Month? month) => month is { } closed ? $"补记 {closed}" : "";
}
