using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Payments.Channels;

/// <summary>
/// WeChat Pay, API v3. Keep one per merchant: it remembers the platform's certificates. The client handed in should come
/// from IHttpClientFactory with a time-out of some seconds; files, which take longer, come through one of their own.
/// </summary>
public sealed class WeChatPay : IPaymentChannel
{
    private readonly WeChatPayOptions _options;
    private readonly WeChatLine _line;
    private readonly PlatformKeys _keys;
    private readonly WeChatNotify _notify;

    public WeChatPay(HttpClient http, WeChatPayOptions options, TimeProvider time, HttpClient? downloads = null)
    {
        _options = options;
        _line = new(http, downloads ?? http, options, time);
        _keys = new(_line, options, time);
        _notify = new(_keys, options);
    }

    public string Name => "wechat";

    public Bps? FeeRate => _options.FeeRate;

    public async Task<Creation> CreateAsync(PaymentOrder order, CancellationToken cancel)
    {
        if (order.Amount <= Money.Zero) return Refuse("the amount must be above zero");
        if (order is { Face: PayFace.Phone, ClientIp: null }) return Refuse("h5 needs the client's address");
        if (order is { Face: PayFace.InWeChat, Payer: null }) return Refuse("jsapi needs the openid");
        var way = order.Face switch
        {
            PayFace.Qr or PayFace.Desktop => "native",
            PayFace.Phone => "h5",
            PayFace.InWeChat => "jsapi",
        };
        var reply = await CallAsync(HttpMethod.Post, $"v3/pay/transactions/{way}", Request(order, way), cancel);
        return reply switch
        {
            { Answer: { } answer } => PayBy(order, way, answer),
            { IsNo: true } => new Creation.Refused(reply.Error),
            _ => new Creation.Unknown(reply.Error),
        };
    }

    public async Task<PaymentState> QueryAsync(TradeNo outTradeNo, CancellationToken cancel)
    {
        var path = $"v3/pay/transactions/out-trade-no/{outTradeNo}?mchid={Uri.EscapeDataString(_options.MerchantId)}";
        return await CallAsync(HttpMethod.Get, path, null, cancel) switch
        {
            { Answer: { } answer, Proof: var proof } => WeChatAnswers.Payment(answer, outTradeNo, _options.MerchantId) with { Proof = proof },
            { IsNo: true, Error.Code: "ORDER_NOT_EXIST" or "ORDERNOTEXIST" } => new PaymentState.NotPaid(),
            var reply => new PaymentState.Unknown(reply.Error),
        };
    }

    public async Task<PaymentState> CloseAsync(TradeNo outTradeNo, CancellationToken cancel)
    {
        var path = $"v3/pay/transactions/out-trade-no/{outTradeNo}/close";
        return await CallAsync(HttpMethod.Post, path, new { mchid = _options.MerchantId }, cancel) is { Answer: not null }
            ? new PaymentState.Closed()
            : await QueryAsync(outTradeNo, cancel);
    }

    public async Task<RefundState> RefundAsync(RefundOrder refund, CancellationToken cancel)
    {
        var request = new
        {
            out_trade_no = refund.OutTradeNo.Value,
            out_refund_no = refund.OutRefundNo.Value,
            reason = refund.Reason,
            notify_url = refund.NotifyUrl?.AbsoluteUri,
            amount = new { refund = refund.Amount.Minor, total = refund.Total.Minor, currency = "CNY" },
        };
        return await CallAsync(HttpMethod.Post, "v3/refund/domestic/refunds", request, cancel) switch
        {
            { Answer: { } answer, Proof: var proof } => WeChatAnswers.Refund(answer, refund.OutRefundNo) with { Proof = proof },
            // A refusal of this request says nothing of an earlier one under the same number.
            { IsNo: true, Error: var error } => await QueryRefundAsync(refund.OutTradeNo, refund.OutRefundNo, cancel) is var state
                && state is RefundState.NotFound ? new RefundState.Failed(error) : state,
            var reply => new RefundState.Unknown(reply.Error),
        };
    }

    public async Task<RefundState> QueryRefundAsync(TradeNo outTradeNo, TradeNo outRefundNo, CancellationToken cancel) =>
        await CallAsync(HttpMethod.Get, $"v3/refund/domestic/refunds/{outRefundNo}", null, cancel) switch
        {
            { Answer: { } answer, Proof: var proof } => WeChatAnswers.Refund(answer, outRefundNo) with { Proof = proof },
            { IsNo: true, Error.Code: "RESOURCE_NOT_EXISTS" or "RESOURCE_NOT_EXIST" } => new RefundState.NotFound(),
            var reply => new RefundState.Unknown(reply.Error),
        };

    public Task<Result<ChannelNotice>> ReadNotifyAsync(HttpRequest request, CancellationToken cancel) => _notify.ReadAsync(request, cancel);

    public IResult Taken() => Results.NoContent();

    public IResult NotTaken(Refusal why) =>
        Results.Json(new { code = "FAIL", message = why.Code }, statusCode: StatusCodes.Status400BadRequest);

    public async Task<Result<ChannelBill>> DownloadBillAsync(DateOnly day, BillKind kind, CancellationToken cancel)
    {
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var path = kind switch
        {
            BillKind.Trades => $"v3/bill/tradebill?bill_date={date}&bill_type=ALL",
            BillKind.Funds => $"v3/bill/fundflowbill?bill_date={date}",
        };
        return await CallAsync(HttpMethod.Get, path, null, cancel) switch
        {
            { Answer: { } answer } => await WeChatBills.DownloadAsync(_line, answer, $"wechat-{kind}-{date}.csv", cancel),
            { IsNo: true, Error: var error } => new Refusal("payments.bill_missing", date, error.Code),
            var reply => new Refusal("payments.bill_unavailable", date, reply.Error.Code),
        };
    }

    private static Creation.Refused Refuse(string why) => new(new("PARAM_ERROR", why));

    private object Request(PaymentOrder order, string way) => new
    {
        appid = _options.AppId,
        mchid = _options.MerchantId,
        description = order.Description.Length > 127 ? order.Description[..127] : order.Description,
        out_trade_no = order.OutTradeNo.Value,
        time_expire = Zone.Shanghai.Format(order.ExpiresAt),
        notify_url = order.NotifyUrl.AbsoluteUri,
        amount = new { total = order.Amount.Minor, currency = "CNY" },
        payer = way == "jsapi" ? new { openid = order.Payer?.Value } : null,
        scene_info = way == "h5" ? Scene(order) : null,
    };

    private object Scene(PaymentOrder order) => new
    {
        payer_client_ip = order.ClientIp,
        h5_info = new { type = "Wap", app_name = _options.ShopName, app_url = _options.ShopUrl },
    };

    private Creation PayBy(PaymentOrder order, string way, JsonElement answer)
    {
        PayBy? payBy = way switch
        {
            "native" => answer.Text("code_url", out var code) ? new PayBy.QrText(code) : null,
            "h5" => answer.Text("h5_url", out var url) ? WeChatAnswers.H5(url, order.ReturnUrl) : null,
            _ => answer.Text("prepay_id", out var id) ? new PayBy.HandOver(_line.HandOver(id)) : null,
        };
        return payBy is null ? new Creation.Unknown(new("UNREADABLE", $"No way to pay in the answer to {way}")) : new Creation.Ready(payBy);
    }

    private Task<Reply> CallAsync(HttpMethod method, string path, object? content, CancellationToken cancel) =>
        WeChatCalls.SendAsync(_line, _keys, method, path, content, null, cancel);
}
