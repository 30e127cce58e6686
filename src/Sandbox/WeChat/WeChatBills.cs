using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HaoSuan.Sandbox.WeChat;

/// <summary>The files of a day: yuan, every value after a backquote, a row of totals under its own header.</summary>
internal sealed class WeChatBills(WeChatBooks books, SandboxKeys keys, TimeProvider time)
{
    private const string TradeHeader = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
        + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";

    private const string TradeTotals = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

    private const string FundsHeader = "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";

    private const string FundsTotals = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";

    public Answer Offer(string kind, HttpContext http)
    {
        var day = http.Request.Query["bill_date"].ToString();
        if (!Reading.TryParseDay(day, out var date)) return Answer.No(400, "PARAM_ERROR", "bill_date 须为 YYYY-MM-DD");
        var ready = Zone.Shanghai.StartOf(date.AddDays(1)) + TimeSpan.FromHours(10);
        if (ready > time.Now) return Answer.No(400, "NO_STATEMENT_EXIST", "账单次日 10 点后生成");
        if (File(kind, date) is not { } file) return Answer.No(400, "NO_STATEMENT_EXIST", "该日无交易");
        return Answer.Ok(new
        {
            hash_type = "SHA1",
            hash_value = Sha1(file),
            download_url = new Uri(http.Origin(), $"v3/billdownload/file?token={kind}-{day}").AbsoluteUri,
        });
    }

    public IResult Send(HttpContext http, WeChatPlatform platform)
    {
        if (platform.Refuse(http.Request, WeChatServer.Target(http), []) is { } why)
        {
            return Results.Json(new { code = "SIGN_ERROR", message = why }, statusCode: 401);
        }
        var token = http.Request.Query["token"].ToString().Split('-', 2);
        return token is [var kind, var day] && Reading.TryParseDay(day, out var date) && File(kind, date) is { } file
            ? Results.Bytes(file, "text/plain; charset=utf-8")
            : Results.NotFound();
    }

    private byte[]? File(string kind, DateOnly day)
    {
        var moves = Moves(day).OrderBy(m => m.At).ToArray();
        if (moves.Length == 0) return null;
        return Encoding.UTF8.GetBytes(kind == "trade" ? Trades(moves) : Funds(moves));
    }

    private IEnumerable<Move> Moves(DateOnly day)
    {
        foreach (var trade in books.Trades.Where(t => t.PaidAt is not null))
        {
            if (Zone.Shanghai.DateOf(trade.PaidAt!.Value) == day) yield return new(trade.PaidAt.Value, trade, null);
            foreach (var refund in trade.Refunds.Where(r => r.State(time.Now) == "SUCCESS" && Zone.Shanghai.DateOf(r.EndsAt) == day))
            {
                yield return new(refund.EndsAt, trade, refund);
            }
        }
    }

    private string Trades(Move[] moves)
    {
        var rows = moves.Select(m => Row(
        [
            Local(m.At), keys.WeChatAppId, keys.WeChatMerchantId, "0", "", m.Trade.TransactionId, m.Trade.OutTradeNo,
            "oSandbox0000000000000000001",
            m.Trade.Way == "h5" ? "MWEB" : m.Trade.Way.ToUpperInvariant(), m.Refund is null ? "SUCCESS" : "REFUND",
            "OTHERS", "CNY",
            Yuan(m.Refund is null ? m.Trade.Total : 0), "0.00", m.Refund?.RefundId ?? "0", m.Refund?.OutRefundNo ?? "0",
            Yuan(m.Refund?.Amount ?? 0), "0.00", m.Refund is null ? "" : "ORIGINAL", m.Refund is null ? "" : "SUCCESS",
            m.Trade.Description, "", Yuan(m.Fee), "0.60%",
            Yuan(m.Refund is null ? m.Trade.Total : 0), Yuan(m.Refund?.Amount ?? 0), "",
        ]));
        var paid = moves.Sum(m => m.Refund is null ? m.Trade.Total : 0);
        var (back, fees) = (moves.Sum(m => m.Refund?.Amount ?? 0), moves.Sum(m => m.Fee));
        var totals = Row([$"{moves.Length}", Yuan(paid), Yuan(back), "0.00", Yuan(fees), Yuan(paid), Yuan(back)]);
        return string.Join("\r\n", [TradeHeader, .. rows, TradeTotals, totals, ""]);
    }

    private static string Funds(Move[] moves)
    {
        List<string> rows = [];
        var balance = 0L;
        foreach (var move in moves)
        {
            balance += move.Amount;
            rows.Add(Flow(move, move.Refund is null ? "交易" : "退款", move.Amount, balance));
            if (move.Fee == 0) continue;
            balance -= move.Fee;
            rows.Add(Flow(move, "扣除交易手续费", -move.Fee, balance));
        }
        long[] all = [.. moves.Select(m => m.Amount), .. moves.Where(m => m.Fee != 0).Select(m => -m.Fee)];
        var (income, spent) = (all.Where(a => a > 0).ToArray(), all.Where(a => a < 0).ToArray());
        var totals = Row([$"{all.Length}", $"{income.Length}", Yuan(income.Sum()), $"{spent.Length}", Yuan(-spent.Sum())]);
        return string.Join("\r\n", [FundsHeader, .. rows, FundsTotals, totals, ""]);
    }

    private static string Flow(Move move, string kind, long amount, long balance) => Row(
    [
        Local(move.At), move.Refund?.RefundId ?? move.Trade.TransactionId, move.Trade.TransactionId, kind, kind,
        amount < 0 ? "支出" : "收入", Yuan(Math.Abs(amount)), Yuan(balance), "system", "", move.Refund?.OutRefundNo ?? move.Trade.OutTradeNo,
    ]);

    private static string Row(IEnumerable<string> values) => string.Join(',', values.Select(v => "`" + v.Replace(',', ' ')));

    private static string Yuan(long fen) => new Money(fen).ToString();

    private static string Local(Instant at) => Zone.Shanghai.ToLocal(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    [SuppressMessage("Security", "CA5350", Justification = "The platform's protocol")]
    private static string Sha1(byte[] file) => Convert.ToHexStringLower(SHA1.HashData(file));

    private sealed record Move(Instant At, WeChatTrade Trade, WeChatRefund? Refund)
    {
        public long Amount => Refund is null ? Trade.Total : -Refund.Amount;

        /// <summary>Given back with a refund.</summary>
        public long Fee => Refund is null ? SandboxFee.Of(Trade.Total) : -SandboxFee.Of(Refund.Amount);
    }
}
