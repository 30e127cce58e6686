using MiniExcelLibs;

namespace HaoSuan.Settlements;

/// <summary>A statement as a workbook: the sum, the lines, the payouts.</summary>
internal static class StatementWorkbook
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static byte[] Of(Statement statement, Zone zone)
    {
        using var stream = new MemoryStream();
        stream.SaveAs(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["汇总"] = Summary(statement),
            ["佣金明细"] = OrEmpty(statement.Lines.Select(l => Row(
                ("入账时间", Moments.Text(l.At, zone)), ("分录", l.Number ?? (object)"待封存"), ("订单号", l.OrderNo), ("摘要", l.Title), ("金额", Yuan(l.Amount))))),
            ["提现"] = OrEmpty(statement.Payouts.Select(p => Row(
                ("入账时间", Moments.Text(p.At, zone)), ("分录", p.Number ?? (object)"待封存"), ("提现单号", p.Title),
                ("到账", Yuan(p.Net)), ("代扣个税", Yuan(p.Tax)), ("手续费", Yuan(p.Fee))))),
        });
        return stream.ToArray();
    }

    private static List<Dictionary<string, object>> Summary(Statement s) =>
    [
        Row(("项目", "分销商"), ("金额", s.Distributor)),
        Row(("项目", "账期"), ("金额", s.Month.ToString())),
        Row(("项目", "期初余额"), ("金额", Yuan(s.Opening))),
        Row(("项目", "＋ 佣金"), ("金额", Yuan(s.LinesTotal))),
        Row(("项目", "－ 代扣个税"), ("金额", Yuan(s.Tax))),
        Row(("项目", "－ 手续费"), ("金额", Yuan(s.Fees))),
        Row(("项目", "－ 提现到账"), ("金额", Yuan(s.PaidOut))),
        Row(("项目", "＝ 期末余额"), ("金额", Yuan(s.Closing.Total))),
        Row(("项目", "其中：冻结"), ("金额", Yuan(s.Closing.Pending))),
        Row(("项目", "其中：可提现"), ("金额", Yuan(s.Closing.Available))),
        Row(("项目", "其中：提现中"), ("金额", Yuan(s.Closing.Paying))),
    ];

    private static Dictionary<string, object> Row(params ReadOnlySpan<(string Name, object Value)> cells)
    {
        Dictionary<string, object> row = [];
        foreach (var (name, value) in cells) row[name] = value;
        return row;
    }

    // A sheet takes its headers from its first row.
    private static List<Dictionary<string, object>> OrEmpty(IEnumerable<Dictionary<string, object>> rows) =>
        rows.ToList() is { Count: > 0 } some ? some : [Row(("本期", "没有记录"))];

    // A spreadsheet's number: exact with two decimals.
    private static object Yuan(Money amount) => amount.Minor / 100m;
}
