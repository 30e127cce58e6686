using System.Security.Cryptography;
using System.Text.Json;

namespace HaoSuan.Sandbox.Alipay;

internal sealed class AlipayTrade
{
    public required string OutTradeNo { get; init; }
    public required string Subject { get; init; }
    public required Money Total { get; init; }
    public required string NotifyUrl { get; init; }
    public required string ReturnUrl { get; init; }
    public required Instant Expires { get; init; }
    public required Instant Created { get; init; }
    public string Token { get; } = RandomNumberGenerator.GetHexString(24, lowercase: true);

    /// <summary>A precreated code makes a trade only when it is scanned.</summary>
    public bool Opened { get; private set; }
    public string TradeNo { get; private set; } = "";
    public Instant? PaidAt { get; set; }
    public bool Closed { get; set; }
    public Dictionary<string, (Money Amount, Instant At)> Refunds { get; } = new(StringComparer.Ordinal);

    public Money Returned => new(Refunds.Values.Sum(r => r.Amount.Minor));

    public void Open()
    {
        Opened = true;
        if (TradeNo.Length == 0) TradeNo = "2026" + RandomNumberGenerator.GetString("0123456789", 24);
    }

    public string Status(Instant now) =>
        PaidAt is not null ? Returned == Total ? "TRADE_CLOSED" : "TRADE_SUCCESS"
        : Closed || now > Expires ? "TRADE_CLOSED"
        : "WAIT_BUYER_PAY";
}

/// <summary>What Alipay knows of the merchant's trades, and its rules about them. A no is a sub_code.</summary>
internal sealed class AlipayBooks(TimeProvider time)
{
    private readonly Dictionary<string, AlipayTrade> _trades = new(StringComparer.Ordinal);

    public IEnumerable<AlipayTrade> Trades => _trades.Values;

    public AlipayTrade? Find(string outTradeNo) => _trades.GetValueOrDefault(outTradeNo);

    public AlipayTrade? FindToken(string token) => _trades.Values.FirstOrDefault(t => t.Token == token);

    public (AlipayTrade? Trade, string No) Prepare(SortedDictionary<string, string> request, JsonElement content)
    {
        var number = content.Text("out_trade_no");
        if (number is not { Length: > 0 and <= 64 } || !number.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            || !Yuan(content.Text("total_amount"), out var total) || content.Text("subject") is not { Length: > 0 and <= 256 })
        {
            return (null, "ACQ.INVALID_PARAMETER");
        }
        if (Find(number) is { } known)
        {
            return known.PaidAt is not null ? (null, "ACQ.TRADE_HAS_SUCCESS")
                : known.Status(time.Now) == "TRADE_CLOSED" ? (null, "ACQ.TRADE_HAS_CLOSE")
                : known.Total != total ? (null, "ACQ.CONTEXT_INCONSISTENT")
                : (known, "");
        }
        return (_trades[number] = new()
        {
            OutTradeNo = number,
            Subject = content.Text("subject"),
            Total = total,
            NotifyUrl = request.GetValueOrDefault("notify_url", ""),
            ReturnUrl = request.GetValueOrDefault("return_url", ""),
            Expires = AlipayPlatform.Read(content.Text("time_expire")) ?? time.Now + TimeSpan.FromDays(15),
            Created = time.Now,
        }, "");
    }

    public bool Pay(AlipayTrade trade)
    {
        if (trade.Status(time.Now) != "WAIT_BUYER_PAY") return false;
        trade.Open();
        trade.PaidAt = time.Now;
        return true;
    }

    public (AlipayTrade? Trade, string No) Close(string outTradeNo)
    {
        if (Find(outTradeNo) is not { Opened: true } trade) return (null, "ACQ.TRADE_NOT_EXIST");
        if (trade.PaidAt is not null) return (null, "ACQ.TRADE_STATUS_ERROR");
        trade.Closed = true;
        return (trade, "");
    }

    public (AlipayTrade? Trade, bool Moved, string No) Refund(JsonElement content)
    {
        if (Find(content.Text("out_trade_no")) is not { Opened: true } trade) return (null, false, "ACQ.TRADE_NOT_EXIST");
        if (trade.PaidAt is null) return (null, false, "ACQ.TRADE_STATUS_ERROR");
        if (!Yuan(content.Text("refund_amount"), out var amount)) return (null, false, "ACQ.INVALID_PARAMETER");
        var number = content.Text("out_request_no") is { Length: > 0 } given ? given : trade.OutTradeNo;
        if (trade.Refunds.TryGetValue(number, out var known))
        {
            return known.Amount == amount ? (trade, false, "") : (null, false, "ACQ.DISCORDANT_REPEAT_REQUEST");
        }
        if (trade.Returned + amount > trade.Total) return (null, false, "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
        trade.Refunds[number] = (amount, time.Now);
        return (trade, true, "");
    }

    public static bool Yuan(string text, out Money amount) => Currency.Cny.TryParse(text, out amount) && amount > Money.Zero;
}
