using Microsoft.AspNetCore.Http;

namespace HaoSuan.Payments.Channels;

/// <summary>
/// A channel through which consumers pay. Whatever it answers about money is one of a closed set, and "unknown" is among
/// them: a time-out, a server error or an answer whose signature does not hold says nothing about what happened. Then ask
/// again (query); never assume. An implementation is kept for as long as its merchant's keys: one per merchant.
/// </summary>
public interface IPaymentChannel
{
    /// <summary>"wechat" or "alipay".</summary>
    string Name { get; }

    /// <summary>The fee that was agreed with the channel; null where nobody has told.</summary>
    Bps? FeeRate { get; }

    /// <summary>Asks for a payment. Asking again with the same number and content is harmless.</summary>
    Task<Creation> CreateAsync(PaymentOrder order, CancellationToken cancel);

    Task<PaymentState> QueryAsync(TradeNo outTradeNo, CancellationToken cancel);

    /// <summary>Closes an order that is not to be paid any more, and says how it stands now: it may have been paid a moment ago.</summary>
    Task<PaymentState> CloseAsync(TradeNo outTradeNo, CancellationToken cancel);

    /// <summary>Gives money back. <see cref="RefundOrder.OutRefundNo"/> is the idempotency key: the same number never pays twice.</summary>
    Task<RefundState> RefundAsync(RefundOrder refund, CancellationToken cancel);

    Task<RefundState> QueryRefundAsync(TradeNo outTradeNo, TradeNo outRefundNo, CancellationToken cancel);

    /// <summary>
    /// The verified notice in a request, or why it is none. Nothing of the body is interpreted before its signature holds.
    /// Notices come at least once and in any order: compare the amount, merge by the state's meaning, answer <see cref="Taken"/>.
    /// </summary>
    Task<Result<ChannelNotice>> ReadNotifyAsync(HttpRequest request, CancellationToken cancel);

    /// <summary>The answer that ends the channel's repeats: only after the notice has been committed.</summary>
    IResult Taken();

    /// <summary>The answer on which the channel sends the notice again.</summary>
    IResult NotTaken(Refusal why);

    /// <summary>The channel's own file of a day (WeChat Pay: csv; Alipay: zip of csv). Refused where the day has none yet.</summary>
    Task<Result<ChannelBill>> DownloadBillAsync(DateOnly day, BillKind kind, CancellationToken cancel);
}
