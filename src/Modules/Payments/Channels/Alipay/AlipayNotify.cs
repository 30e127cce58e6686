using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Payments.Channels;

/// <summary>Notices of Alipay: a form whose decoded values are signed.</summary>
internal sealed class AlipayNotify(AlipayGateway gateway, AlipayOptions options, TimeProvider time)
{
    // A notice is repeated for 25 hours under its first time, so five minutes would refuse genuine ones.
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(26);
    private static readonly TimeSpan Youngest = TimeSpan.FromMinutes(5);
    private static readonly RefundState SumsUp = new RefundState.Unknown(new("QUERY", "The notice sums up all refunds"));

    public async Task<Result<ChannelNotice>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (await NotifyBody.ReadAsync(request, cancel) is not { } body) return new Refusal("payments.notify_too_large");
        if (Parse(Encoding.UTF8.GetString(body)) is not { } form) return new Refusal("payments.notify_unreadable");
        if (!form.TryGetValue("sign", out var signature)) return new Refusal("payments.signature_missing");
        var certificate = form.GetValueOrDefault("alipay_cert_sn", "");
        if (await gateway.KeyAsync(certificate, cancel) is not { } key) return new Refusal("payments.signature_serial", certificate);
        if (form.GetValueOrDefault("sign_type") != "RSA2"
            || !AlipaySignature.Holds(key, Encoding.UTF8.GetBytes(AlipaySignature.OfNotice(form)), signature))
        {
            return new Refusal("payments.signature_wrong");
        }
        return Read(form).TryGet(out var read, out var refusals) ? read with { Proof = SignedMessage.Of("notice", null, body) } : refusals[0];
    }

    private Result<ChannelNotice> Read(Dictionary<string, string> form)
    {
        if (!form.TryGetValue("notify_id", out var id)) return new Refusal("payments.notify_unreadable");
        if (AlipayTime.Read(form.GetValueOrDefault("notify_time")) is not { } sent
            || time.Now - sent > Oldest || sent - time.Now > Youngest)
        {
            return new Refusal("payments.signature_stale", id);
        }
        if (form.GetValueOrDefault("app_id") != options.AppId
            || (options.SellerId is { } seller && form.GetValueOrDefault("seller_id") != seller))
        {
            return new Refusal("payments.notify_other_merchant", id);
        }
        if (!TradeNo.TryParse(form.GetValueOrDefault("out_trade_no"), out var outTradeNo)) return new Refusal("payments.notify_number", id);
        return form.ContainsKey("gmt_refund") && TradeNo.TryParse(form.GetValueOrDefault("out_biz_no"), out var outRefundNo)
            ? new ChannelNotice.OfRefund(id, outTradeNo, outRefundNo, SumsUp)
            : new ChannelNotice.OfPayment(
                id, outTradeNo, AlipayAnswers.Payment(form.GetValueOrDefault, "gmt_payment", outTradeNo, time.Now));
    }

    /// <summary>Null where a name stands there twice: then it is not clear what was signed.</summary>
    private static Dictionary<string, string>? Parse(string body)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in body.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (!form.TryAdd(WebUtility.UrlDecode(parts[0]), WebUtility.UrlDecode(parts.Length > 1 ? parts[1] : ""))) return null;
        }
        return form;
    }
}
