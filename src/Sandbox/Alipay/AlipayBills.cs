using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace HaoSuan.Sandbox.Alipay;

/// <summary>The files of a day: a zip of two GB18030 csv files, details and totals, with comment lines.</summary>
internal sealed class AlipayBills(AlipayPlatform platform, AlipayBooks books)
{
    private const string TradeHeader = "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,"
        + "支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";

    private const string FundsHeader = "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注";

    private static readonly Encoding Gb18030 = Load();

    public Answer Offer(JsonElement content, Uri origin)
    {
        var (type, day) = (content.Text("bill_type"), content.Text("bill_date"));
        if (type is not ("trade" or "signcustomer") || !Reading.TryParseDay(day, out var date))
        {
            return Answer.No("isp.bill_type_or_date");
        }
        var ready = Zone.Shanghai.StartOf(date.AddDays(1)) + TimeSpan.FromHours(9);
        if (ready > platform.Time.Now || !Moves(date).Any()) return Answer.No("isp.bill_not_exist");
        return Answer.Ok(new() { ["bill_download_url"] = new Uri(origin, $"alipay/bill?token={type}-{day}").AbsoluteUri });
    }

    public IResult Send(string token) =>
        token.Split('-', 2) is [var type, var day] && Reading.TryParseDay(day, out var date)
            ? Results.Bytes(Zip(type, date), "application/zip")
            : Results.NotFound();

    private byte[] Zip(string type, DateOnly day)
    {
        var moves = Moves(day).OrderBy(m => m.At).ToArray();
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true, Gb18030))
        {
            var (kind, name) = type == "trade" ? ("业务", "业务明细") : ("账务", "账务明细");
            var stem = $"{platform.Keys.AlipaySellerId}0156_{day:yyyyMMdd}";
            Add(zip, $"{stem}_{name}.csv", type == "trade" ? Trades(moves, kind, day) : Funds(moves, kind, day));
            Add(zip, $"{stem}_{name}(汇总).csv", Totals(moves, kind, day));
        }
        return file.ToArray();
    }

    private static void Add(ZipArchive zip, string name, IEnumerable<string> lines)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Gb18030.GetBytes(string.Join("\r\n", [.. lines, ""])));
    }

    private IEnumerable<string> Trades(Move[] moves, string kind, DateOnly day) =>
    [
        .. Head(kind, day), TradeHeader,
        .. moves.Select(m => Row(
            m.Trade.TradeNo, m.Trade.OutTradeNo, m.RefundNo is null ? "交易" : "退款", m.Trade.Subject, AlipayPlatform.Local(m.Trade.Created),
            AlipayPlatform.Local(m.At), "", "", "", "", "*三(159****5620)", $"{m.Amount}", $"{m.Amount}",
            "0.00", "0.00", "0.00", "0.00", "0.00", "", "0.00", "0.00", m.RefundNo ?? "", $"{-m.Fee}", "0.00", "")),
        Foot(kind).End, Foot(kind).Exported,
    ];

    private IEnumerable<string> Funds(Move[] moves, string kind, DateOnly day)
    {
        var balance = Money.Zero;
        List<string> rows = [];
        foreach (var (at, trade, amount, number) in moves.SelectMany(Flows))
        {
            balance += amount;
            var (plus, minus) = amount > Money.Zero ? ($"{amount}", "0.00") : ("0.00", $"{amount}");
            rows.Add(Row(
                $"{trade.TradeNo}{rows.Count:000}", trade.TradeNo, trade.OutTradeNo, trade.Subject, AlipayPlatform.Local(at),
                "159****5620", plus, minus, $"{balance}", "支付宝", number, ""));
        }
        var all = moves.SelectMany(Flows).Select(f => f.Amount).ToArray();
        var (income, spent) = (all.Where(a => a > Money.Zero).ToArray(), all.Where(a => a < Money.Zero).ToArray());
        var (end, exported) = Foot(kind);
        return
        [
            .. Head(kind, day), FundsHeader, .. rows, end,
            $"#支出合计：{spent.Length}笔，共{new Money(-spent.Sum(a => a.Minor))}元",
            $"#收入合计：{income.Length}笔，共{new Money(income.Sum(a => a.Minor))}元", exported,
        ];
    }

    private IEnumerable<string> Totals(Move[] moves, string kind, DateOnly day)
    {
        var (paid, back) = (moves.Where(m => m.RefundNo is null).ToArray(), moves.Where(m => m.RefundNo is not null).ToArray());
        var (income, fee) = (new Money(moves.Sum(m => m.Amount.Minor)), new Money(moves.Sum(m => m.Fee.Minor)));
        return
        [
            .. Head(kind + "汇总", day), "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,服务费（元）,实收净额（元）",
            Row("合计", "", $"{paid.Length}", $"{back.Length}", $"{income}", $"{income}", $"{-fee}", $"{income - fee}"),
            Foot(kind + "汇总").End, Foot(kind + "汇总").Exported,
        ];
    }

    private IEnumerable<string> Head(string kind, DateOnly day) =>
    [
        $"#支付宝{kind}明细查询", $"#账号：[{platform.Keys.AlipaySellerId}0156]",
        $"#起始日期：[{day:yyyy年MM月dd日} 00:00:00]   终止日期：[{day.AddDays(1):yyyy年MM月dd日} 00:00:00]",
        $"#-----------------------------------------{kind}明细列表----------------------------------------",
    ];

    private (string End, string Exported) Foot(string kind) =>
    (
        $"#-----------------------------------------{kind}明细列表结束------------------------------------",
        $"#导出时间：[{AlipayPlatform.Local(platform.Time.Now)}]"
    );

    private IEnumerable<Move> Moves(DateOnly day)
    {
        foreach (var trade in books.Trades)
        {
            if (trade.PaidAt is { } at && Zone.Shanghai.DateOf(at) == day) yield return new(at, trade, trade.Total, null);
            foreach (var (number, refund) in trade.Refunds.Where(r => Zone.Shanghai.DateOf(r.Value.At) == day))
            {
                yield return new(refund.At, trade, -refund.Amount, number);
            }
        }
    }

    private static IEnumerable<(Instant At, AlipayTrade Trade, Money Amount, string Kind)> Flows(Move move)
    {
        yield return (move.At, move.Trade, move.Amount, move.RefundNo is null ? "在线支付" : "交易退款");
        if (!move.Fee.IsZero) yield return (move.At, move.Trade, -move.Fee, "收费");
    }

    // Numbers are followed by a tab, so that a spreadsheet leaves them alone.
    private static string Row(params string[] values) => string.Join(',', values.Select(v => v.Replace(',', ' ') + "\t"));

    private static Encoding Load()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030");
    }

    private sealed record Move(Instant At, AlipayTrade Trade, Money Amount, string? RefundNo)
    {
        /// <summary>A refund does not give it back.</summary>
        public Money Fee => RefundNo is null ? new(SandboxFee.Of(Amount.Minor)) : Money.Zero;
    }
}
