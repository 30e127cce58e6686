namespace HaoSuan.Payments;

/// <summary>
/// Alipay's files: remarks after #, a header, rows whose values may end with a tab. The totals of trades stand in a file of their own,
/// those of funds in the remarks below.
/// </summary>
internal static class AlipayBill
{
    /// <summary>The one column in which people write what they like, commas too.</summary>
    private const string FreeText = "商品名称";

    public static IReadOnlyList<BillLine> Trades(string details, string totals)
    {
        var (rows, _) = Read(details);
        var lines = rows.ConvertAll(Trade);
        var (sums, _) = Read(totals);
        var sum = sums.Find(r => r.Text("门店编号") == "合计") ?? throw new BillFaultException(new("payments.bill_no_totals"));
        BillTable.Compare("商家实收（元）", Sum(rows.Select(r => r.Amount("商家实收（元）"))), sum.Amount("商家实收（元）"));
        BillTable.Compare("服务费（元）", Sum(rows.Select(r => r.Amount("服务费（元）"))), sum.Amount("服务费（元）"));
        var counted = sum.Count("交易订单总笔数") + sum.Count("退款订单总笔数");
        if (counted != rows.Count) throw new BillFaultException(new("payments.bill_rows", rows.Count, counted));
        return lines;
    }

    public static IReadOnlyList<BillLine> Funds(string details)
    {
        var (rows, remarks) = Read(details);
        var lines = rows.ConvertAll(Flow);
        BillTable.Compare("收入合计", Sum(lines.Select(l => Money.Max(l.Amount, Money.Zero))), Remarked(remarks, "收入合计"));
        BillTable.Compare("支出合计", Sum(lines.Select(l => -Money.Min(l.Amount, Money.Zero))), Remarked(remarks, "支出合计"));
        return lines;
    }

    private static BillLine Trade(BillTable.Row row)
    {
        var (kind, request) = (row.Text("业务类型"), row.Text("退款批次号/请求号"));
        var type = kind switch { "交易" => BillLineType.Payment, "退款" => BillLineType.Refund, _ => BillLineType.Other };
        var number = type == BillLineType.Refund && request.Length > 0 ? request : row.Text("商户订单号");
        // The fee stands there as what it does to our money.
        return new(
            row.Line, type, number, row.Text("支付宝交易号"), row.At("完成时间"), row.Amount("商家实收（元）"), -row.Amount("服务费（元）"), kind);
    }

    private static BillLine Flow(BillTable.Row row)
    {
        var (words, spent) = (row.Text("业务类型"), row.Amount("支出金额（-元）"));
        var type = words switch
        {
            "在线支付" or "交易付款" => BillLineType.Payment,
            "交易退款" or "退款" => BillLineType.Refund,
            "收费" or "服务费" => BillLineType.Fee,
            _ => BillLineType.Other,
        };
        // Some files write what is spent with a minus, some without.
        var amount = row.Amount("收入金额（+元）") - (spent < Money.Zero ? -spent : spent);
        return new(
            row.Line, type, row.Text("商户订单号"), row.Text("业务流水号"), row.At("发生时间"), amount, Money.Zero, words, row.Amount("账户余额（元）"));
    }

    private static (List<BillTable.Row> Rows, List<string> Remarks) Read(string text)
    {
        List<BillTable.Row> rows = [];
        List<string> remarks = [];
        BillTable? table = null;
        foreach (var (index, line) in text.TrimStart('\uFEFF').Split('\n').Select(l => l.TrimEnd('\r')).Index().Where(l => l.Item.Trim().Length > 0))
        {
            if (line[0] == '#') remarks.Add(line);
            else if (table is null) table = new([.. Values(line)]);
            else rows.Add(table.RowOf(index + 1, Fit(table, Values(line))));
        }
        return table is null ? throw new BillFaultException(new("payments.bill_unfit", 1)) : (rows, remarks);
    }

    private static List<string> Values(string line) => [.. line.Split(',').Select(v => v.Trim())];

    private static List<string> Fit(BillTable table, List<string> values)
    {
        if (values.Count <= table.Width) return values;
        var (place, surplus) = (table.Place(FreeText), values.Count - table.Width);
        return [.. values[..place], string.Join(',', values.GetRange(place, surplus + 1)), .. values[(place + surplus + 1)..]];
    }

    /// <summary>"#收入合计：18笔，共14989.00元".</summary>
    private static Money Remarked(List<string> remarks, string name)
    {
        var remark = remarks.Find(r => r.StartsWith($"#{name}：", StringComparison.Ordinal)) ?? throw new BillFaultException(new("payments.bill_no_totals"));
        var from = remark.IndexOf('共', StringComparison.Ordinal) + 1;
        var until = remark.IndexOf('元', from);
        return until > from && Currency.Cny.TryParse(remark.AsSpan(from, until - from).TrimStart('-'), out var amount)
            ? amount
            : throw new BillFaultException(new("payments.bill_no_totals"));
    }

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}
