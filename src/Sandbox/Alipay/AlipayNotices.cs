using System.Security.Cryptography;

namespace HaoSuan.Sandbox.Alipay;

/// <summary>Signed form notices, repeated for a day until the answer is the plain text "success".</summary>
internal sealed class AlipayNotices(AlipayPlatform platform, Deliveries deliveries)
{
    private static readonly TimeSpan[] Schedule = [.. new[] { 4, 10, 10, 60, 120, 360, 900 }.Select(m => TimeSpan.FromMinutes(m))];

    public void Tell(AlipayTrade trade, string? refundNo)
    {
        if (trade.NotifyUrl.Length == 0) return;
        var form = Form(trade, refundNo);
        var what = refundNo is null ? $"支付 {trade.OutTradeNo}" : $"退款 {refundNo}";
        deliveries.Add(new(Wire.Alipay, what, Build, IsTaken, Schedule), platform.Time.Now);

        HttpRequestMessage Build(Fault? fault)
        {
            var sent = new SortedDictionary<string, string>(form, StringComparer.Ordinal);
            if (fault == Fault.Stale) sent["notify_time"] = AlipayPlatform.Local(platform.Time.Now - TimeSpan.FromHours(27));
            sent["sign"] = platform.Sign(AlipayPlatform.Join(sent), fault);
            sent["sign_type"] = "RSA2";
            if (platform.Certificate is { } number) sent["alipay_cert_sn"] = number;
            if (fault == Fault.Tamper) sent["total_amount"] = "0.01";
            return new(HttpMethod.Post, trade.NotifyUrl) { Content = new FormUrlEncodedContent(sent) };
        }
    }

    private static bool IsTaken(int status, string body) => status == 200 && body.Trim() == "success";

    private SortedDictionary<string, string> Form(AlipayTrade trade, string? refundNo)
    {
        var form = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["app_id"] = platform.Keys.AlipayAppId,
            ["auth_app_id"] = platform.Keys.AlipayAppId,
            ["buyer_id"] = "2088102122954565",
            ["charset"] = "utf-8",
            ["gmt_create"] = AlipayPlatform.Local(trade.Created),
            ["notify_id"] = RandomNumberGenerator.GetHexString(34, lowercase: true),
            ["notify_time"] = AlipayPlatform.Local(platform.Time.Now),
            ["notify_type"] = "trade_status_sync",
            ["out_trade_no"] = trade.OutTradeNo,
            ["seller_id"] = platform.Keys.AlipaySellerId,
            ["subject"] = trade.Subject,
            ["total_amount"] = trade.Total.ToString(),
            ["trade_no"] = trade.TradeNo,
            ["trade_status"] = trade.Status(platform.Time.Now),
            ["version"] = "1.0",
        };
        if (trade.PaidAt is { } at) form["gmt_payment"] = AlipayPlatform.Local(at);
        if (refundNo is null) return form;
        form["out_biz_no"] = refundNo;
        form["refund_fee"] = trade.Returned.ToString();
        form["gmt_refund"] = AlipayPlatform.Local(platform.Time.Now) + ".000";
        return form;
    }
}
