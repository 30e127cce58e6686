namespace HaoSuan.Sandbox.WeChat;

internal sealed class WeChatTrade
{
    public required string OutTradeNo { get; init; }
    public required string Way { get; init; }
    public required string Description { get; init; }
    public required long Total { get; set; }
    public required string NotifyUrl { get; init; }
    public required Instant Expires { get; init; }
    public required string PrepayId { get; init; }

    /// <summary>Who it is for, inside WeChat.</summary>
    public string Payer { get; init; } = WeChatUsers.Anybody;
    public string TransactionId { get; set; } = "";
    public Instant? PaidAt { get; set; }
    public bool Closed { get; set; }
    public List<WeChatRefund> Refunds { get; } = [];

    public string State(Instant now) =>
        PaidAt is not null ? Refunds.Any(r => r.State(now) != "CLOSED") ? "REFUND" : "SUCCESS"
        : Closed || now > Expires ? "CLOSED"
        : "NOTPAY";
}

/// <summary>A refund goes through a moment after it was accepted, or fails as the control asked for.</summary>
internal sealed class WeChatRefund
{
    public required string OutRefundNo { get; init; }
    public required string RefundId { get; init; }
    public required long Amount { get; init; }
    public required Instant AskedAt { get; init; }
    public required Instant EndsAt { get; init; }
    public required string Ending { get; init; }
    public string? NotifyUrl { get; init; }

    public string State(Instant now) => now >= EndsAt ? Ending : "PROCESSING";
}
