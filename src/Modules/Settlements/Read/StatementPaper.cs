namespace HaoSuan.Settlements;

/// <summary>A distributor's statement on paper: the sum, the lines, the payouts.</summary>
internal static class StatementPaper
{
    public static Paper Of(Statement statement) => new(
        $"{statement.Month.Year} 年 {statement.Month.OfYear} 月对账单",
        statement.Distributor,
        [
            ("账期", statement.Month),
            ("期初余额", statement.Opening),
            ("＋ 佣金", statement.LinesTotal),
            ("－ 代扣个税", statement.Tax),
            ("－ 手续费", statement.Fees),
            ("－ 提现到账", statement.PaidOut),
            ("＝ 期末余额", statement.Closing.Total),
            ("其中：冻结", statement.Closing.Pending),
            ("其中：可提现", statement.Closing.Available),
            ("其中：提现中", statement.Closing.Paying),
        ],
        [
            PaperTable.Of("佣金明细", statement.Lines, "本期没有佣金",
            [
                ("入账时间", l => l.At, null), ("分录", l => Number(l.Number), null), ("订单号", l => l.OrderNo, null), ("摘要", l => l.Title, null),
                ("备注", l => Titles.Late(l.Late, l.Amount), null), ("金额", l => l.Amount, statement.LinesTotal),
            ]),
            PaperTable.Of("提现", statement.Payouts, "本期没有提现到账",
            [
                ("入账时间", p => p.At, null), ("分录", p => Number(p.Number), null), ("提现单号", p => p.Title, null),
                ("代扣个税", p => p.Tax, statement.Tax), ("手续费", p => p.Fee, statement.Fees), ("到账", p => p.Net, statement.PaidOut),
            ]),
        ]);

    private static string Number(long? number) => number is { } sealedAs ? $"#{sealedAs}" : "待封存";
}
