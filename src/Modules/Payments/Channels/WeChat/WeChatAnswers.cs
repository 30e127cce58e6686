using System.Text.Json;

namespace HaoSuan.Payments.Channels;

/// <summary>The meaning of what WeChat Pay says of a payment or a refund, in an answer and in a notice alike.</summary>
internal static class WeChatAnswers
{
    public static PaymentState Payment(JsonElement order, TradeNo outTradeNo, string merchantId)
    {
        if (order.Text("out_trade_no") != outTradeNo.Value || order.Text("mchid") != merchantId) return Unreadable("another order");
        return order.Text("trade_state") switch
        {
            "SUCCESS" => Paid(order) is var (id, amount, at) ? new PaymentState.Paid(id, amount, at) : Unreadable("SUCCESS"),
            "REFUND" => Paid(order) is var (id, amount, at) ? new PaymentState.Refunded(id, amount, at) : Unreadable("REFUND"),
            "NOTPAY" or "USERPAYING" or "PAYERROR" => new PaymentState.NotPaid(),
            "CLOSED" or "REVOKED" => new PaymentState.Closed(),
            var other => new PaymentState.Unknown(new("TRADE_STATE", other ?? "")),
        };
    }

    public static RefundState Refund(JsonElement refund, TradeNo outRefundNo)
    {
        if (refund.Text("out_refund_no") != outRefundNo.Value) return new RefundState.Unknown(new("UNREADABLE", "another refund"));
        var id = refund.Text("refund_id") ?? "";
        return (refund.Text("status") ?? refund.Text("refund_status")) switch
        {
            "SUCCESS" => refund.Object("amount")?.Number("refund") is { } fen and > 0
                ? new RefundState.Success(id, new(fen), refund.Moment("success_time"))
                : new RefundState.Unknown(new("UNREADABLE", "SUCCESS without an amount")),
            "PROCESSING" => new RefundState.Processing(id),
            "CLOSED" => new RefundState.Failed(new("CLOSED", "The refund was closed")),
            "ABNORMAL" => new RefundState.Failed(new("ABNORMAL", "The consumer's account cannot take it")),
            var other => new RefundState.Unknown(new("REFUND_STATUS", other ?? "")),
        };
    }

    public static PayBy? H5(string url, Uri? returnUrl)
    {
        if (returnUrl is not null)
        {
            url += (url.Contains('?') ? "&" : "?") + "redirect_url=" + Uri.EscapeDataString(returnUrl.AbsoluteUri);
        }
        return Uri.TryCreate(url, UriKind.Absolute, out var address) ? new PayBy.Redirect(address) : null;
    }

    private static (string Id, Money Amount, Instant At)? Paid(JsonElement order) =>
        order.Text("transaction_id", out var id)
        && order.Object("amount") is { } amount && amount.Number("total") is { } fen and > 0 && amount.Text("currency") is "CNY" or null
        && order.Moment("success_time") is { } at
            ? (id, new Money(fen), at)
            : null;

    private static PaymentState.Unknown Unreadable(string what) => new(new("UNREADABLE", what));
}
