using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace HaoSuan.Sandbox.WeChat;

/// <summary>An answer before it is signed.</summary>
internal sealed record Answer(int Status, object? Content)
{
    public static Answer Ok(object content) => new(200, content);

    public static readonly Answer Nothing = new(204, null);

    public static Answer No(int status, string code, string message) => new(status, new { code, message });
}

/// <summary>What WeChat Pay knows of the merchant's orders and refunds, and its rules about them.</summary>
internal sealed class WeChatBooks(SandboxKeys keys, TimeProvider time)
{
    private readonly Dictionary<string, WeChatTrade> _trades = new(StringComparer.Ordinal);

    /// <summary>How the next refunds end: SUCCESS, ABNORMAL or CLOSED.</summary>
    public string RefundsEnd { get; set; } = "SUCCESS";

    public TimeSpan RefundsTake { get; set; } = TimeSpan.FromSeconds(1);

    public IEnumerable<WeChatTrade> Trades => _trades.Values;

    public WeChatTrade? Find(string outTradeNo) => _trades.GetValueOrDefault(outTradeNo);

    public WeChatTrade? FindPrepaid(string prepayId) => _trades.Values.FirstOrDefault(t => t.PrepayId == prepayId);

    public Answer Create(string way, JsonElement order, Uri origin)
    {
        if (Fault(way, order) is { } fault) return Answer.No(400, "PARAM_ERROR", fault);
        var number = order.Text("out_trade_no");
        var amount = order.At("amount").Number("total");
        var payer = order.At("payer").Text("openid") is { Length: > 0 } openId ? openId : WeChatUsers.Anybody;
        if (Find(number) is not { } trade)
        {
            trade = _trades[number] = new()
            {
                OutTradeNo = number,
                Way = way,
                Description = order.Text("description"),
                Total = amount,
                NotifyUrl = order.Text("notify_url"),
                Expires = Instant.From(DateTimeOffset.Parse(order.Text("time_expire"), CultureInfo.InvariantCulture)),
                PrepayId = "wx" + RandomNumberGenerator.GetHexString(34, lowercase: true),
                Payer = payer,
            };
        }
        if (trade.PaidAt is not null) return Answer.No(400, "ORDERPAID", "该订单已支付");
        if (trade.State(time.Now) == "CLOSED") return Answer.No(400, "ORDER_CLOSED", "该订单已关闭");
        if (trade.Total != amount || trade.Way != way || trade.Payer != payer) return Answer.No(400, "INVALID_REQUEST", "201 商户订单号重复");
        var page = new Uri(origin, $"pay/wechat/{trade.PrepayId}").AbsoluteUri;
        return Answer.Ok(way switch
        {
            "native" => new { code_url = page },
            "h5" => new { h5_url = page + "?from=h5" },
            _ => new { prepay_id = trade.PrepayId },
        });
    }

    public Answer Query(string outTradeNo, string merchantId) =>
        merchantId != keys.WeChatMerchantId ? Answer.No(400, "PARAM_ERROR", "mchid 不是本商户")
        : Find(outTradeNo) is { } trade ? Answer.Ok(Describe(trade))
        : Answer.No(404, "ORDER_NOT_EXIST", "订单不存在");

    public Answer Close(string outTradeNo)
    {
        if (Find(outTradeNo) is not { } trade) return Answer.No(404, "ORDER_NOT_EXIST", "订单不存在");
        if (trade.PaidAt is not null) return Answer.No(400, "ORDERPAID", "该订单已支付");
        trade.Closed = true;
        return Answer.Nothing;
    }

    /// <summary>The consumer pays. False where the order cannot be paid any more.</summary>
    public bool Pay(WeChatTrade trade)
    {
        if (trade.State(time.Now) != "NOTPAY") return false;
        trade.TransactionId = "4200" + RandomNumberGenerator.GetString("0123456789", 24);
        trade.PaidAt = time.Now;
        return true;
    }

    /// <summary>An order of another system that uses the same merchant, paid at once.</summary>
    public void SellElsewhere(string outTradeNo, long fen) => Pay(_trades[outTradeNo] = new()
    {
        OutTradeNo = outTradeNo,
        Way = "native",
        Description = "门店收银",
        Total = fen,
        NotifyUrl = "",
        Expires = time.Now + TimeSpan.FromHours(2),
        PrepayId = "wx" + RandomNumberGenerator.GetHexString(34, lowercase: true),
    });

    public (Answer Answer, WeChatTrade? Trade, WeChatRefund? New) Refund(JsonElement refund)
    {
        var (number, amount) = (refund.Text("out_refund_no"), refund.At("amount").Number("refund"));
        if (Find(refund.Text("out_trade_no")) is not { PaidAt: not null } trade)
        {
            return (Answer.No(404, "RESOURCE_NOT_EXISTS", "订单号不存在"), null, null);
        }
        var known = _trades.Values.SelectMany(t => t.Refunds.Select(r => (Trade: t, Refund: r)))
            .FirstOrDefault(r => r.Refund.OutRefundNo == number);
        if (known.Refund is not null)
        {
            return known.Trade == trade && known.Refund.Amount == amount
                ? (Answer.Ok(Describe(trade, known.Refund)), trade, null)
                : (Answer.No(400, "INVALID_REQUEST", "同一退款单号的请求参数不一致"), null, null);
        }
        var given = trade.Refunds.Where(r => r.State(time.Now) != "CLOSED").Sum(r => r.Amount);
        if (amount <= 0 || refund.At("amount").Number("total") != trade.Total) return (Answer.No(400, "PARAM_ERROR", "金额不正确"), null, null);
        if (given + amount > trade.Total) return (Answer.No(403, "NOT_ENOUGH", "退款金额超过订单可退金额"), null, null);
        var made = new WeChatRefund
        {
            OutRefundNo = number,
            RefundId = "5030" + RandomNumberGenerator.GetString("0123456789", 24),
            Amount = amount,
            AskedAt = time.Now,
            EndsAt = time.Now + RefundsTake,
            Ending = RefundsEnd,
            NotifyUrl = refund.Text("notify_url") is { Length: > 0 } url ? url : null,
        };
        trade.Refunds.Add(made);
        return (Answer.Ok(Describe(trade, made)), trade, made);
    }

    public Answer QueryRefund(string outRefundNo)
    {
        foreach (var trade in _trades.Values)
        {
            if (trade.Refunds.Find(r => r.OutRefundNo == outRefundNo) is { } refund) return Answer.Ok(Describe(trade, refund));
        }
        return Answer.No(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
    }

    public object Describe(WeChatTrade trade) => trade.PaidAt is null
        ? new
        {
            appid = keys.WeChatAppId,
            mchid = keys.WeChatMerchantId,
            out_trade_no = trade.OutTradeNo,
            trade_state = trade.State(time.Now),
            trade_state_desc = trade.State(time.Now) == "CLOSED" ? "订单已关闭" : "订单未支付",
            amount = new { total = trade.Total, currency = "CNY" },
        }
        : new
        {
            appid = keys.WeChatAppId,
            mchid = keys.WeChatMerchantId,
            out_trade_no = trade.OutTradeNo,
            transaction_id = trade.TransactionId,
            trade_type = trade.Way switch { "native" => "NATIVE", "h5" => "MWEB", _ => "JSAPI" },
            trade_state = trade.State(time.Now),
            trade_state_desc = "支付成功",
            bank_type = "OTHERS",
            attach = "",
            success_time = Zone.Shanghai.Format(trade.PaidAt.Value),
            payer = new { openid = trade.Payer },
            amount = new { total = trade.Total, payer_total = trade.Total, currency = "CNY", payer_currency = "CNY" },
        };

    public object Describe(WeChatTrade trade, WeChatRefund refund) => new
    {
        refund_id = refund.RefundId,
        out_refund_no = refund.OutRefundNo,
        transaction_id = trade.TransactionId,
        out_trade_no = trade.OutTradeNo,
        channel = "ORIGINAL",
        user_received_account = "支付用户零钱",
        create_time = Zone.Shanghai.Format(refund.AskedAt),
        success_time = refund.State(time.Now) == "SUCCESS" ? Zone.Shanghai.Format(refund.EndsAt) : null,
        status = refund.State(time.Now),
        amount = new
        {
            total = trade.Total,
            refund = refund.Amount,
            payer_total = trade.Total,
            payer_refund = refund.Amount,
            settlement_total = trade.Total,
            settlement_refund = refund.Amount,
            discount_refund = 0,
            currency = "CNY",
        },
    };

    private string? Fault(string way, JsonElement order)
    {
        if (order.Text("appid") != keys.WeChatAppId || order.Text("mchid") != keys.WeChatMerchantId) return "appid 与 mchid 不匹配";
        if (order.Text("out_trade_no") is not { Length: >= 6 and <= 32 } number
            || !number.All(c => char.IsAsciiLetterOrDigit(c) || "_-|*".Contains(c)))
        {
            return "out_trade_no 须为 6 至 32 位字母、数字或 _-|*";
        }
        if (order.Text("description") is not { Length: > 0 and <= 127 }) return "description 须为 1 至 127 个字符";
        if (order.At("amount").Number("total") <= 0 || order.At("amount").Text("currency") != "CNY") return "amount 不正确";
        if (!Uri.TryCreate(order.Text("notify_url"), UriKind.Absolute, out var notify) || notify.Query.Length > 0)
        {
            return "notify_url 须为不带参数的绝对地址";
        }
        if (!DateTimeOffset.TryParse(order.Text("time_expire"), CultureInfo.InvariantCulture, out var expires))
        {
            return "time_expire 不符合 RFC 3339";
        }
        if (Instant.From(expires) <= time.Now) return "time_expire 已过";
        if (way == "jsapi" && order.At("payer").Text("openid").Length == 0) return "payer.openid 必填";
        return way == "h5" && order.At("scene_info").Text("payer_client_ip").Length == 0 ? "scene_info.payer_client_ip 必填" : null;
    }
}
