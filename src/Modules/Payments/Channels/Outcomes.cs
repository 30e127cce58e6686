namespace HaoSuan.Payments.Channels;

/// <summary>What a channel said when it said no, in its own words. Never holds personal data or keys.</summary>
public sealed record ChannelError(string Code, string Message);

/// <summary>How the consumer goes on to pay.</summary>
public abstract record PayBy
{
    private PayBy() { }

    /// <summary>Send the browser there.</summary>
    public sealed record Redirect(Uri Url) : PayBy;

    /// <summary>Show this text as a QR code.</summary>
    public sealed record QrText(string Text) : PayBy;

    /// <summary>Hand this to the script of the page inside WeChat (WeixinJSBridge getBrandWCPayRequest).</summary>
    public sealed record HandOver(WeChatHandOver Parameters) : PayBy;
}

public abstract record Creation
{
    private Creation() { }

    public sealed record Ready(PayBy PayBy) : Creation;

    public sealed record Refused(ChannelError Error) : Creation;

    public sealed record Unknown(ChannelError Error) : Creation;
}

/// <summary>How a payment stands at the channel.</summary>
public abstract record PaymentState
{
    private PaymentState() { }

    /// <summary>The message that told it, where one did.</summary>
    public SignedMessage? Proof { get; init; }

    /// <summary>The same state is the same, whichever message told it.</summary>
    public virtual bool Equals(PaymentState? other) => other?.EqualityContract == EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The money is ours. <see cref="Amount"/> is the order's total: compare it with what was asked for.</summary>
    public sealed record Paid(string TransactionId, Money Amount, Instant At) : PaymentState;

    /// <summary>Not paid so far (also: the channel does not know the number). It may still be paid until closed or expired.</summary>
    public sealed record NotPaid : PaymentState;

    /// <summary>Closed without payment: it cannot be paid any more.</summary>
    public sealed record Closed : PaymentState;

    /// <summary>Paid, and given back since: WeChat Pay says so after a part, Alipay after all of it. The refunds tell how much.</summary>
    public sealed record Refunded(string TransactionId, Money Amount, Instant At) : PaymentState;

    public sealed record Unknown(ChannelError Error) : PaymentState;
}

/// <summary>How a refund stands at the channel.</summary>
public abstract record RefundState
{
    private RefundState() { }

    /// <summary>The message that told it, where one did.</summary>
    public SignedMessage? Proof { get; init; }

    /// <summary>The same state is the same, whichever message told it.</summary>
    public virtual bool Equals(RefundState? other) => other?.EqualityContract == EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The consumer has the money. <see cref="At"/> is null where the channel does not tell.</summary>
    public sealed record Success(string RefundId, Money Amount, Instant? At) : RefundState;

    /// <summary>Accepted, not through yet.</summary>
    public sealed record Processing(string RefundId) : RefundState;

    /// <summary>The consumer has not got it and will not by this refund.</summary>
    public sealed record Failed(ChannelError Error) : RefundState;

    /// <summary>The channel has no refund of this number done or on its way: it may be asked for again under the same number.</summary>
    public sealed record NotFound : RefundState;

    public sealed record Unknown(ChannelError Error) : RefundState;
}

/// <summary>A verified notice. <see cref="Id"/> is the channel's: the same one is the same notice.</summary>
public abstract record ChannelNotice(string Id, TradeNo OutTradeNo)
{
    /// <summary>The notice as it came.</summary>
    public SignedMessage? Proof { get; init; }

    public sealed record OfPayment(string Id, TradeNo OutTradeNo, PaymentState State) : ChannelNotice(Id, OutTradeNo);

    /// <summary>A refund has moved. A state of <see cref="RefundState.Unknown"/> means: the notice does not tell, query it.</summary>
    public sealed record OfRefund(string Id, TradeNo OutTradeNo, TradeNo OutRefundNo, RefundState State) : ChannelNotice(Id, OutTradeNo);

    /// <summary>A transfer has ended. How, is asked: the answer is its proof.</summary>
    public sealed record OfTransfer(string Id, TradeNo OutBizNo) : ChannelNotice(Id, OutBizNo);
}

public enum BillKind
{
    Trades,
    Funds,
}

public sealed record ChannelBill(string FileName, byte[] Content);
