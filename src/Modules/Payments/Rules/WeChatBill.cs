namespace HaoSuan.Payments;

/// <summary>
/// WeChat Pay's files: a header, rows whose every value stands after a backquote, and a row of totals after a header of its own.
/// A comma inside a value is no border, since no backquote follows it.
/// </summary>
internal static class WeChatBill
{
    public static IReadOnlyList<BillLine> Trades(string text)
    {
        var (rows, totals) = Read(text);
        BillTable.Compare("应结订单总金额", Sum(rows.Where(r => !IsRefund(r)).Select(r => r.Amount("应结订单金额"))), totals.Amount("应结订单总金额"));
        BillTable.Compare("退款总金额", Sum(rows.Select(r => r.Amount("退款金额"))), totals.Amount("退款总金额"));
        BillTable.Compare("手续费总金额", Sum(rows.Select(r => r.Amount("手续费"))), totals.Amount("手续费总金额"));
        if (totals.Count("总交易单数") != rows.Count) throw new BillFaultException(new("payments.bill_rows", rows.Count, totals.Count("总交易单数")));
        return [.. rows.Select(Trade)];
    }

    public static IReadOnlyList<BillLine> Funds(string text)
    {
        var (rows, totals) = Read(text);
        var lines = rows.ConvertAll(Flow);
        BillTable.Compare("收入金额", Sum(lines.Select(l => Money.Max(l.Amount, Money.Zero))), totals.Amount("收入金额"));
        BillTable.Compare("支出金额", Sum(lines.Select(l => -Money.Min(l.Amount, Money.Zero))), totals.Amount("支出金额"));
        if (totals.Count("资金流水总笔数") != rows.Count) throw new BillFaultException(new("payments.bill_rows", rows.Count, totals.Count("资金流水总笔数")));
        return lines;
    }

    /// <summary>The same text with the consumers' openids masked: nothing is checked by them, and a file is kept for years.</summary>
    public static string Masked(string text)
    {
        var payer = -1;
        return string.Join('\n', text.Split('\n').Select(line =>
        {
            if (IsHeader(line.TrimStart('\uFEFF'))) payer = line.Split(',').Select(c => c.TrimStart('`')).ToList().IndexOf("用户标识");
            else if (payer >= 0 && line.StartsWith('`') && line[1..].Split(",`") is var cells && payer < cells.Length)
            {
                cells[payer] = MaskedMessage.Masked(cells[payer]);
                return "`" + string.Join(",`", cells);
            }
            return line;
        }));
    }

    private static BillLine Trade(BillTable.Row row)
    {
        var (at, fee, transaction) = (row.At("交易时间"), row.Amount("手续费"), row.Text("微信订单号"));
        if (!IsRefund(row))
        {
            return new(row.Line, BillLineType.Payment, row.Text("商户订单号"), transaction, at, row.Amount("应结订单金额"), fee, row.Text("交易状态"));
        }
        // One that is on its way has left the account already; one that failed has not.
        var status = row.Text("退款状态");
        var type = status.StartsWith("FAIL", StringComparison.Ordinal) ? BillLineType.Other : BillLineType.Refund;
        var amount = type == BillLineType.Refund ? -row.Amount("退款金额") : Money.Zero;
        return new(row.Line, type, row.Text("商户退款单号"), row.Text("微信退款单号"), at, amount, fee, $"{row.Text("交易状态")} {status}".Trim());
    }

    private static bool IsRefund(BillTable.Row row) => row.Text("商户退款单号") is not ("" or "0");

    private static BillLine Flow(BillTable.Row row)
    {
        var (words, amount) = (row.Text("业务类型"), row.Amount("收支金额(元)"));
        var type = words switch
        {
            "交易" => BillLineType.Payment,
            "退款" => BillLineType.Refund,
            "扣除交易手续费" => BillLineType.Fee,
            _ => BillLineType.Other,
        };
        return new(
            row.Line, type, row.Text("业务凭证号"), row.Text("微信支付业务单号"), row.At("记账时间"), row.Text("收支类型") == "支出" ? -amount : amount,
            Money.Zero, words, row.Amount("账户结余(元)"));
    }

    private static (List<BillTable.Row> Rows, BillTable.Row Totals) Read(string text)
    {
        List<BillTable.Row>[] parts = [[], []];
        BillTable? table = null;
        var part = -1;
        foreach (var (index, line) in text.TrimStart('\uFEFF').Split('\n').Select(l => l.TrimEnd('\r')).Index().Where(l => l.Item.Length > 0))
        {
            if (IsHeader(line))
            {
                if (++part >= parts.Length) throw new BillFaultException(new("payments.bill_unfit", index + 1));
                table = new([.. line.Split(',').Select(c => c.TrimStart('`'))]);
            }
            else if (table is not null && line[0] == '`') parts[part].Add(table.RowOf(index + 1, line[1..].Split(",`")));
            else throw new BillFaultException(new("payments.bill_unfit", index + 1));
        }
        return parts is [var rows, [var totals]] ? (rows, totals) : throw new BillFaultException(new("payments.bill_no_totals"));
    }

    private static bool IsHeader(string line) => line.TrimStart('`') is var bare
        && (bare.StartsWith("交易时间,", StringComparison.Ordinal) || bare.StartsWith("总交易单数,", StringComparison.Ordinal)
            || bare.StartsWith("记账时间,", StringComparison.Ordinal) || bare.StartsWith("资金流水总笔数,", StringComparison.Ordinal));

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}
