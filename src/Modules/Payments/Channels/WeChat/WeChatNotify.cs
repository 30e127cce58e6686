using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Payments.Channels;

/// <summary>Notices of WeChat Pay: the signature over the body first, then the seal of its content, then its meaning.</summary>
internal sealed class WeChatNotify(PlatformKeys keys, WeChatPayOptions options)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.ApiV3Key);

    public async Task<Result<ChannelNotice>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (await NotifyBody.ReadAsync(request, cancel) is not { } body) return new Refusal("payments.notify_too_large");
        var headers = SignedHeaders.From(name => request.Headers[name] is [{ } only] ? only : null);
        if (await keys.RefuseAsync(headers, body, cancel) is { } refusal) return refusal;
        if (!Json.TryParse(body, out var notice) || notice.Object("resource") is not { } resource || !notice.Text("id", out var id))
        {
            return new Refusal("payments.notify_unreadable");
        }
        if (WeChatCipher.Open(_key, resource) is not { } clear || !Json.TryParse(clear, out var content))
        {
            return new Refusal("payments.notify_sealed_otherwise", id);
        }
        return Read(id, notice.Text("event_type") ?? "", content).TryGet(out var read, out var refusals)
            ? read with { Proof = SignedMessage.Of("notice", headers, body, clear) }
            : refusals[0];
    }

    private Result<ChannelNotice> Read(string id, string kind, JsonElement content)
    {
        // Of a transfer the platform writes mch_id.
        if ((content.Text("mchid") ?? content.Text("mch_id")) != options.MerchantId || (content.Text("appid") ?? options.AppId) != options.AppId)
        {
            return new Refusal("payments.notify_other_merchant", id);
        }
        if (kind == "MCHTRANSFER.BILL.FINISHED")
        {
            return TradeNo.TryParse(content.Text("out_bill_no"), out var outBillNo)
                ? new ChannelNotice.OfTransfer(id, outBillNo)
                : new Refusal("payments.notify_number", id);
        }
        if (!TradeNo.TryParse(content.Text("out_trade_no"), out var outTradeNo)) return new Refusal("payments.notify_number", id);
        if (kind == "TRANSACTION.SUCCESS")
        {
            return new ChannelNotice.OfPayment(id, outTradeNo, WeChatAnswers.Payment(content, outTradeNo, options.MerchantId));
        }
        if (kind is not ("REFUND.SUCCESS" or "REFUND.ABNORMAL" or "REFUND.CLOSED")) return new Refusal("payments.notify_kind", id, kind);
        return TradeNo.TryParse(content.Text("out_refund_no"), out var outRefundNo)
            ? new ChannelNotice.OfRefund(id, outTradeNo, outRefundNo, WeChatAnswers.Refund(content, outRefundNo))
            : new Refusal("payments.notify_number", id);
    }
}
