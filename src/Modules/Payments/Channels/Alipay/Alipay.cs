using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Payments.Channels;

/// <summary>Alipay: page, wap and precreate payments of one application. Amounts travel in yuan with two decimals.</summary>
public sealed class Alipay : IPaymentChannel
{
    private readonly AlipayGateway _gateway;
    private readonly AlipayNotify _notify;
    private readonly TimeProvider _time;

    public Alipay(HttpClient http, AlipayOptions options, TimeProvider time, HttpClient? downloads = null)
    {
        _gateway = new(http, options, time, downloads);
        _notify = new(_gateway, options, time);
        (_time, FeeRate) = (time, options.FeeRate);
    }

    public string Name => "alipay";

    public Bps? FeeRate { get; }

    public async Task<Creation> CreateAsync(PaymentOrder order, CancellationToken cancel)
    {
        if (order.Amount <= Money.Zero) return new Creation.Refused(new("AMOUNT", "The amount must be above zero"));
        return order.Face switch
        {
            PayFace.Qr => await PrecreateAsync(order, cancel),
            PayFace.Phone => Page("alipay.trade.wap.pay", "QUICK_WAP_WAY", order),
            PayFace.Desktop => Page("alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY", order),
            PayFace.InWeChat => new Creation.Refused(new("FACE", "Alipay cannot be opened inside WeChat")),
        };
    }

    public async Task<PaymentState> QueryAsync(TradeNo outTradeNo, CancellationToken cancel) =>
        await _gateway.CallAsync("alipay.trade.query", new { out_trade_no = outTradeNo.Value }, null, cancel) switch
        {
            { Answer: { } answer, Proof: var proof } =>
                AlipayAnswers.Payment(name => answer.Text(name), "send_pay_date", outTradeNo, _time.Now) with { Proof = proof },
            { IsNo: true, Error.Code: "ACQ.TRADE_NOT_EXIST" } => new PaymentState.NotPaid(),
            var reply => new PaymentState.Unknown(reply.Error),
        };

    public async Task<PaymentState> CloseAsync(TradeNo outTradeNo, CancellationToken cancel) =>
        await _gateway.CallAsync("alipay.trade.close", new { out_trade_no = outTradeNo.Value }, null, cancel) is { Answer: not null }
            ? new PaymentState.Closed()
            : await QueryAsync(outTradeNo, cancel);

    public async Task<RefundState> RefundAsync(RefundOrder refund, CancellationToken cancel)
    {
        var content = new
        {
            out_trade_no = refund.OutTradeNo.Value,
            refund_amount = refund.Amount.ToString(),
            out_request_no = refund.OutRefundNo.Value,
            refund_reason = refund.Reason,
        };
        var reply = await _gateway.CallAsync("alipay.trade.refund", content, null, cancel);
        if (reply.Answer is { } answer && answer.Text("out_trade_no") == refund.OutTradeNo.Value && answer.Text("fund_change") == "Y")
        {
            return new RefundState.Success(answer.Text("trade_no") ?? "", refund.Amount, AlipayTime.Read(answer.Text("gmt_refund_pay")))
            {
                Proof = reply.Proof,
            };
        }
        if (reply is { Answer: null, IsNo: false }) return new RefundState.Unknown(reply.Error);
        // Nothing moved by this request: an earlier one under the same number may have moved it.
        var state = await QueryRefundAsync(refund.OutTradeNo, refund.OutRefundNo, cancel);
        return state is RefundState.NotFound && reply.IsNo ? new RefundState.Failed(reply.Error) : state;
    }

    public async Task<RefundState> QueryRefundAsync(TradeNo outTradeNo, TradeNo outRefundNo, CancellationToken cancel)
    {
        var wanted = new[] { "gmt_refund_pay" };
        var content = new { out_trade_no = outTradeNo.Value, out_request_no = outRefundNo.Value, query_options = wanted };
        return await _gateway.CallAsync("alipay.trade.fastpay.refund.query", content, null, cancel) switch
        {
            { Answer: { } answer, Proof: var proof } => AlipayAnswers.Refund(answer, outRefundNo) with { Proof = proof },
            { IsNo: true, Error.Code: "ACQ.TRADE_NOT_EXIST" or "TRADE_NOT_EXIST" } => new RefundState.NotFound(),
            var reply => new RefundState.Unknown(reply.Error),
        };
    }

    public Task<Result<ChannelNotice>> ReadNotifyAsync(HttpRequest request, CancellationToken cancel) => _notify.ReadAsync(request, cancel);

    public IResult Taken() => Results.Text("success");

    public IResult NotTaken(Refusal why) => Results.Text("failure");

    public async Task<Result<ChannelBill>> DownloadBillAsync(DateOnly day, BillKind kind, CancellationToken cancel)
    {
        var date = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var type = kind switch { BillKind.Trades => "trade", BillKind.Funds => "signcustomer" };
        var reply = await _gateway.CallAsync(
            "alipay.data.dataservice.bill.downloadurl.query", new { bill_type = type, bill_date = date }, null, cancel);
        if (reply.IsNo) return new Refusal("payments.bill_missing", date, reply.Error.Code);
        if (!Uri.TryCreate(reply.Answer?.Text("bill_download_url"), UriKind.Absolute, out var address)
            || await _gateway.DownloadAsync(address, cancel) is not { } file)
        {
            return new Refusal("payments.bill_unavailable", date, reply.Error.Code);
        }
        return new ChannelBill($"alipay-{kind}-{date}.zip", file);
    }

    private async Task<Creation> PrecreateAsync(PaymentOrder order, CancellationToken cancel) =>
        await _gateway.CallAsync("alipay.trade.precreate", Content(order, null), order.NotifyUrl, cancel) switch
        {
            { Answer: { } answer } when answer.Text("qr_code", out var code) => new Creation.Ready(new PayBy.QrText(code)),
            { IsNo: true, Error: var error } => new Creation.Refused(error),
            var reply => new Creation.Unknown(reply.Error),
        };

    private Creation.Ready Page(string method, string product, PaymentOrder order) =>
        new(new PayBy.Redirect(_gateway.Page(method, Content(order, product), order.NotifyUrl, order.ReturnUrl)));

    private static object Content(PaymentOrder order, string? product) => new
    {
        out_trade_no = order.OutTradeNo.Value,
        total_amount = order.Amount.ToString(),
        subject = string.Concat(order.Description.Take(256).Select(c => c is '/' or '=' or '&' ? ' ' : c)),
        product_code = product,
        time_expire = AlipayTime.Write(order.ExpiresAt),
    };
}
