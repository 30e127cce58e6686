using System.Security.Cryptography;
using System.Text.Json;

namespace HaoSuan.Sandbox.WeChat;

/// <summary>Signed and sealed notices, repeated as WeChat Pay repeats them until answered with 200 or 204.</summary>
internal sealed class WeChatNotices(WeChatPlatform platform, WeChatBooks books, Deliveries deliveries, TimeProvider time)
{
    private static readonly TimeSpan[] Schedule =
    [
        .. Seconds(15, 15, 30), .. Minutes(3, 10, 20, 30, 30, 30, 60), .. Minutes(180, 180, 180, 360, 360),
    ];

    public void Paid(WeChatTrade trade) =>
        Add(trade.NotifyUrl, "TRANSACTION.SUCCESS", "支付成功", "transaction", $"支付 {trade.OutTradeNo}", time.Now, () => books.Describe(trade));

    public void Refunded(WeChatTrade trade, WeChatRefund refund)
    {
        if (refund.NotifyUrl is not { } url) return;
        Add(url, $"REFUND.{refund.Ending}", "退款结果", "refund", $"退款 {refund.OutRefundNo}", refund.EndsAt, () => new
        {
            mchid = platform.Keys.WeChatMerchantId,
            transaction_id = trade.TransactionId,
            out_trade_no = trade.OutTradeNo,
            refund_id = refund.RefundId,
            out_refund_no = refund.OutRefundNo,
            refund_status = refund.Ending,
            success_time = refund.Ending == "SUCCESS" ? Zone.Shanghai.Format(refund.EndsAt) : null,
            user_received_account = "支付用户零钱",
            amount = new { total = trade.Total, refund = refund.Amount, payer_total = trade.Total, payer_refund = refund.Amount },
        });
    }

    public void Transferred(WeChatTransfer transfer)
    {
        if (transfer.NotifyUrl.Length == 0) return;
        Add(transfer.NotifyUrl, "MCHTRANSFER.BILL.FINISHED", "商家转账单据终态通知", "mch_payment", $"转账 {transfer.OutBillNo}", transfer.MovedAt, () => new
        {
            out_bill_no = transfer.OutBillNo,
            transfer_bill_no = transfer.BillNo,
            state = transfer.State,
            mch_id = platform.Keys.WeChatMerchantId,
            transfer_amount = transfer.Amount,
            openid = transfer.Payee,
            create_time = Zone.Shanghai.Format(transfer.AskedAt),
            update_time = Zone.Shanghai.Format(transfer.MovedAt),
        });
    }

    private void Add(string url, string kind, string summary, string type, string what, Instant due, Func<object> content)
    {
        var id = $"EV-{RandomNumberGenerator.GetString("0123456789", 22)}";
        deliveries.Add(new(Wire.WeChat, what, Build, (status, _) => status is 200 or 204, Schedule), due);

        HttpRequestMessage Build(Fault? fault)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new
            {
                id,
                create_time = Zone.Shanghai.Format(time.Now),
                resource_type = "encrypt-resource",
                event_type = kind,
                summary,
                resource = platform.Seal(type, JsonSerializer.SerializeToUtf8Bytes(content(), Reading.Plain)),
            }, Reading.Plain);
            var headers = platform.Sign(body, fault).ToArray();
            if (fault == Fault.Tamper) body[body.Length / 2] ^= 1;
            var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            return request;
        }
    }

    private static IEnumerable<TimeSpan> Seconds(params int[] seconds) => seconds.Select(s => TimeSpan.FromSeconds(s));

    private static IEnumerable<TimeSpan> Minutes(params int[] minutes) => minutes.Select(m => TimeSpan.FromMinutes(m));
}
