namespace HaoSuan.Reports;

/// <summary>The settlement report on paper.</summary>
internal static class ReportPaper
{
    public static string Title(Month month) => $"{month.Year} 年 {month.OfYear} 月结算报告";

    public static Paper Of(MonthReport r) => new(
        Title(r.Month), r.Issuer,
        [
            ("账期", r.Month), ("状态", r.IsClosed ? "已关账" : "未关账，还会变化"), ("与总账核对", $"一致：{r.Ties.Count} 项"),
            ("收入", r.Figures.Income), ("佣金支出", r.Figures.Commission), ("毛利", r.Figures.Margin),
        ],
        [
            Results(r.Figures), Other(r.Figures), Margins("按产品毛利", r.Products), Margins("按上游毛利", r.Upstreams), Receivables(r), Payables(r), Owed(r),
            PaperTable.Of("挂账", r.Suspense, "期末没有待处理的款项", [("款项", s => s.Name, null), ("期末余额，借为正", s => s.Balance, Sum(r.Suspense, s => s.Balance))]),
            PaperTable.Of("补记以前月份", r.Late, "本月没有补记已关账月份的收入或佣金",
            [
                ("所属账期", l => $"补记 {l.Month}", null), ("明细", l => l.Lines, null), ("上游收入", l => l.Upstream, Sum(r.Late, l => l.Upstream)),
                ("佣金", l => l.Commission, Sum(r.Late, l => l.Commission)),
            ]),
            PaperTable.Of("与总账核对一致", r.Ties, "", [("项目", t => t.Item, null), ("本报告", t => t.Report, null), ("总账", t => t.Ledger, null)]),
        ]);

    private static PaperTable Results(MonthFigures f) => Items("收支",
        ("售卡", f.Sales), ("－ 退款（已决定）", f.Refunds), ("＋ 上游收入，结算入账", f.Settled), ("＋ 上游收入，对账多付", f.Reconciled),
        ("＋ 租金", f.Rental), ("＋ 租赁违约金", f.LeasePenalty), ("＋ 设备赔偿", f.Damage), ("＋ 设备买断", f.DeviceSales),
        ("＋ 违约金", f.Penalty), ("＋ 提现手续费", f.PayoutFee), ("＝ 收入", f.Income),
        ("－ 销售佣金", f.Sale), ("－ 级差佣金", f.Spread), ("－ 平级奖", f.Peer), ("－ 阶梯奖励", f.Bonus), ("－ 佣金调整", f.OtherCommission),
        ("－ 渠道手续费", f.GatewayFee), ("－ 核销", f.WriteOff), ("＋ 其他科目", f.Other), ("＝ 毛利", f.Margin));

    private static PaperTable Other(MonthFigures f) => Items("另列", ("退款到账（不影响毛利）", f.RefundsPaid), ("代扣个税（应缴税务机关）", f.TaxWithheld));

    private static PaperTable Items(string name, params IReadOnlyList<(string Item, Money Amount)> items) =>
        PaperTable.Of(name, items, "", [("项目", i => i.Item, null), ("金额", i => i.Amount, null)]);

    private static PaperTable Margins(string name, IReadOnlyList<MarginRow> rows) => PaperTable.Of(name, rows, "本月没有收入和支出",
    [
        (name[1..^2], r => r.Name, null), ("售卡，减退款", r => r.CardSales, Sum(rows, r => r.CardSales)), ("上游收入", r => r.Upstream, Sum(rows, r => r.Upstream)),
        ("佣金，减违约金", r => r.Commission, Sum(rows, r => r.Commission)), ("其他", r => r.Other, Sum(rows, r => r.Other)),
        ("毛利", r => r.Margin, Sum(rows, r => r.Margin)),
    ]);

    private static PaperTable Receivables(MonthReport r) => PaperTable.Of("应收上游", r.Receivables, "没有应收上游的款项",
    [
        ("上游", u => u.Name, null), ("期初", u => u.Opening, Sum(r.Receivables, u => u.Opening)), ("本月变动", u => u.Moved, Sum(r.Receivables, u => u.Moved)),
        ("0–30 天", u => u.Ages.To30, Sum(r.Receivables, u => u.Ages.To30)), ("31–60 天", u => u.Ages.To60, Sum(r.Receivables, u => u.Ages.To60)),
        ("61–90 天", u => u.Ages.To90, Sum(r.Receivables, u => u.Ages.To90)), ("90 天以上", u => u.Ages.Over90, Sum(r.Receivables, u => u.Ages.Over90)),
        ("期末", u => u.Closing, Sum(r.Receivables, u => u.Closing)),
    ], u => $"/office/reports/{r.Month}/upstreams/{u.Id.Value}");

    private static PaperTable Payables(MonthReport r) => PaperTable.Of("分销商佣金", r.Payables, "没有分销商的款项",
    [
        ("分销商", d => d.Name, null), ("销售", d => d.Sale, Sum(r.Payables, d => d.Sale)), ("级差", d => d.Spread, Sum(r.Payables, d => d.Spread)),
        ("平级奖", d => d.Peer, Sum(r.Payables, d => d.Peer)), ("阶梯奖励", d => d.Bonus, Sum(r.Payables, d => d.Bonus)),
        ("违约扣款", d => d.Penalty, Sum(r.Payables, d => d.Penalty)), ("调整", d => d.Other, Sum(r.Payables, d => d.Other)),
        ("合计", d => d.Earned, Sum(r.Payables, d => d.Earned)),
    ], d => Statement(r.Month, d.Id));

    private static PaperTable Owed(MonthReport r) => PaperTable.Of("应付分销商", r.Payables, "没有应付分销商的款项",
    [
        ("分销商", d => d.Name, null), ("本月提现", d => d.Paid, Sum(r.Payables, d => d.Paid)), ("冻结", d => d.Pending, Sum(r.Payables, d => d.Pending)),
        ("可提现", d => d.Available, Sum(r.Payables, d => d.Available)), ("提现中", d => d.Paying, Sum(r.Payables, d => d.Paying)),
        ("期末合计", d => d.Owed, Sum(r.Payables, d => d.Owed)),
    ], d => Statement(r.Month, d.Id));

    private static string Statement(Month month, DistributorId id) => $"/office/reports/{month}/distributors/{id.Value}";

    private static Money Sum<T>(IEnumerable<T> rows, Func<T, Money> amount) => rows.Aggregate(Money.Zero, (sum, r) => sum + amount(r));
}
