using System.Text.Json;

namespace HaoSuan.Payments.Channels;

/// <summary>The meaning of what Alipay says of a payment or a refund, in an answer and in a notice alike.</summary>
internal static class AlipayAnswers
{
    /// <param name="field">Reads a value of the answer or notice.</param>
    /// <param name="paidAt">The field that tells when it was paid; while there is none it was never paid.</param>
    /// <param name="now">Stands in where a payment comes without its time.</param>
    public static PaymentState Payment(Func<string, string?> field, string paidAt, TradeNo outTradeNo, Instant now)
    {
        var id = field("trade_no") ?? "";
        if (field("out_trade_no") != outTradeNo.Value) return new PaymentState.Unknown(new("UNREADABLE", "another order"));
        if (!Amount(field("total_amount"), out var amount)) return new PaymentState.Unknown(new("UNREADABLE", "total_amount"));
        var at = AlipayTime.Read(field(paidAt));
        return field("trade_status") switch
        {
            "WAIT_BUYER_PAY" => new PaymentState.NotPaid(),
            "TRADE_SUCCESS" or "TRADE_FINISHED" when id.Length > 0 => new PaymentState.Paid(id, amount, at ?? now),
            "TRADE_CLOSED" => at is { } paid ? new PaymentState.Refunded(id, amount, paid) : new PaymentState.Closed(),
            var other => new PaymentState.Unknown(new("TRADE_STATUS", other ?? "")),
        };
    }

    public static RefundState Refund(JsonElement answer, TradeNo outRefundNo)
    {
        // Alipay answers with success and without a status where it knows the trade but no such refund.
        if (answer.Text("refund_status") is not { Length: > 0 } status) return new RefundState.NotFound();
        if (answer.Text("out_request_no") != outRefundNo.Value) return new RefundState.Unknown(new("UNREADABLE", "another refund"));
        return status == "REFUND_SUCCESS" && Amount(answer.Text("refund_amount"), out var amount)
            ? new RefundState.Success(answer.Text("trade_no") ?? "", amount, AlipayTime.Read(answer.Text("gmt_refund_pay")))
            : new RefundState.Unknown(new("REFUND_STATUS", status));
    }

    private static bool Amount(string? yuan, out Money amount) => Currency.Cny.TryParse(yuan, out amount) && amount > Money.Zero;
}
