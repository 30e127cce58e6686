using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Payments;

/// <summary>A channel whose calls are counted. A "no" is an answer; what says nothing is a failure.</summary>
internal sealed class MeasuredChannel(IPaymentChannel channel, GatewayLog log) : IPaymentChannel
{
    /// <summary>How downloads of bills are counted.</summary>
    public const string Bill = "bill";

    public string Name => channel.Name;

    public Bps? FeeRate => channel.FeeRate;

    // A page of Alipay is an address that we sign: nobody is called.
    public Task<Creation> CreateAsync(PaymentOrder order, CancellationToken cancel) => channel is Alipay && order.Face != PayFace.Qr
        ? channel.CreateAsync(order, cancel)
        : log.MeasureAsync(Name, "create", () => channel.CreateAsync(order, cancel), c => (c as Creation.Unknown)?.Error);

    public Task<PaymentState> QueryAsync(TradeNo outTradeNo, CancellationToken cancel) =>
        log.MeasureAsync(Name, "query", () => channel.QueryAsync(outTradeNo, cancel), s => (s as PaymentState.Unknown)?.Error);

    public Task<PaymentState> CloseAsync(TradeNo outTradeNo, CancellationToken cancel) =>
        log.MeasureAsync(Name, "close", () => channel.CloseAsync(outTradeNo, cancel), s => (s as PaymentState.Unknown)?.Error);

    public Task<RefundState> RefundAsync(RefundOrder refund, CancellationToken cancel) =>
        log.MeasureAsync(Name, "refund", () => channel.RefundAsync(refund, cancel), s => (s as RefundState.Unknown)?.Error);

    public Task<RefundState> QueryRefundAsync(TradeNo outTradeNo, TradeNo outRefundNo, CancellationToken cancel) =>
        log.MeasureAsync(Name, "query_refund", () => channel.QueryRefundAsync(outTradeNo, outRefundNo, cancel), s => (s as RefundState.Unknown)?.Error);

    public Task<Result<ChannelNotice>> ReadNotifyAsync(HttpRequest request, CancellationToken cancel) => channel.ReadNotifyAsync(request, cancel);

    public IResult Taken() => channel.Taken();

    public IResult NotTaken(Refusal why) => channel.NotTaken(why);

    public Task<Result<ChannelBill>> DownloadBillAsync(DateOnly day, BillKind kind, CancellationToken cancel) => log.MeasureAsync(
        Name, Bill, () => channel.DownloadBillAsync(day, kind, cancel),
        b => b.IsRefused && b.Refusals[0].Code != "payments.bill_missing" ? new(b.Refusals[0].Code, "") : null);
}
