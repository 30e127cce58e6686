using HaoSuan.Payments.Channels;

namespace HaoSuan.Payments;

/// <summary>What a payment is for: which module has asked for it, follows its events and has a page for it.</summary>
public enum PaymentFor
{
    /// <summary>A card: its income is booked as the money arrives.</summary>
    Order,

    /// <summary>A bill of a lease: the money lies unapplied (<c>Accounts.Unapplied</c>) until the lease takes it, or it goes back.</summary>
    Lease,
}

/// <summary>Asks for a payment of an order, or of something else that is paid once, through a channel.</summary>
/// <param name="OrderId">What is paid: an order, or under another <paramref name="For"/> the id that its module knows it by.</param>
/// <param name="OrderNo">Our order number (letters and digits): the channel's trade number is made from it.</param>
/// <param name="ReturnTo">Where the consumer's browser goes afterwards.</param>
public sealed record PaymentRequest(
    OrderId OrderId, string OrderNo, Money Amount, string Channel, PayFace Face, string Description, string? ClientIp, Uri ReturnTo,
    PaymentFor For = PaymentFor.Order)
{
    /// <summary>Who pays inside WeChat.</summary>
    public OpenId? Payer { get; init; }
}

/// <summary>A payment that the consumer may now make, until it expires.</summary>
public sealed record PaymentStarted(PaymentId Id, PayBy PayBy, Instant ExpiresAt);

/// <summary>A consumer's money has arrived: exactly once for each payment.</summary>
public sealed record PaymentSucceeded(
    OrderId OrderId, PaymentId PaymentId, Money Amount, string Channel, Instant At, PaymentFor For = PaymentFor.Order) : IEvent;

/// <summary>A payment was closed without money: the order waits for another one, or for nothing.</summary>
public sealed record PaymentClosed(OrderId OrderId, PaymentId PaymentId, Instant At) : IEvent;

/// <summary>Money has gone back to the consumer.</summary>
/// <param name="RefundNo">Which of the payment's refunds: several may go back in one second. Events of before have none.</param>
public sealed record RefundSucceeded(
    OrderId OrderId, PaymentId PaymentId, Money Amount, Instant At, string? RefundNo = null, PaymentFor For = PaymentFor.Order) : IEvent;

/// <summary>Another amount has arrived than was asked for: it lies in suspense until a person decides.</summary>
public sealed record PaymentDisputed(OrderId OrderId, PaymentId PaymentId, string TradeNo, Money Asked, Money Paid, PaymentFor For = PaymentFor.Order) : IEvent;

/// <summary>The channel has refused to give money back: we still owe it.</summary>
public sealed record RefundFailed(OrderId OrderId, PaymentId PaymentId, string RefundNo, Money Amount, PaymentFor For = PaymentFor.Order) : IEvent;

/// <summary>
/// The channel does not say how a payment stands, for so long that a person should ask as well: once for each payment. We go on asking.
/// </summary>
/// <param name="Minutes">For how long nothing was heard.</param>
public sealed record PaymentUnknown(
    OrderId OrderId, PaymentId PaymentId, string TradeNo, Money Amount, int Minutes, PaymentFor For = PaymentFor.Order) : IEvent;

/// <summary>The same for a refund: once for each.</summary>
public sealed record RefundUnknown(
    OrderId OrderId, PaymentId PaymentId, string RefundNo, Money Amount, int Minutes, PaymentFor For = PaymentFor.Order) : IEvent;

public enum PaymentStatus
{
    Pending,
    Paid,

    /// <summary>Closed without payment. Money that arrives later is given back at once.</summary>
    Closed,

    /// <summary>Paid with another amount than was asked for: the money is in suspense until a person decides.</summary>
    Disputed,

    /// <summary>
    /// The money has come and goes back, because nothing waited for it any more or, where it was another amount, because finance has decided so: it
    /// is nothing to the order.
    /// </summary>
    GivenBack,
}

public enum RefundStatus
{
    Requested,
    Done,

    /// <summary>The channel has said no; we still owe the money.</summary>
    Failed,
}

public enum VoucherKind
{
    Payment,
    Refund,

    /// <summary>付款: money that went out to a distributor.</summary>
    Transfer,
}

/// <summary>A voucher (凭证): the proof of one movement of money at a channel. Never changed.</summary>
/// <param name="ChannelNo">The channel's own number of the movement.</param>
/// <param name="OurNo">Our own number of what it moves: the payment's, or the refund's.</param>
public sealed record Voucher(
    long Number, VoucherKind Kind, OrderId OrderId, string OrderNo, string? OurNo, string Channel, string ChannelNo, Money Amount, Instant At,
    Instant RecordedAt, long EntryId)
{
    /// <summary>The amount as it moves our money: negative but for a payment.</summary>
    public Money Moved => Kind == VoucherKind.Payment ? Amount : -Amount;
}

/// <summary>How the check of a channel's day stands.</summary>
public enum DayState
{
    /// <summary>The channel's bill is not there yet.</summary>
    Waiting,

    /// <summary>The channel says that there was nothing, and we have nothing.</summary>
    Quiet,

    /// <summary>Vouchers, bill and ledger are equal.</summary>
    Even,

    Differs,
}

/// <summary>The check of a channel's day has found differences that were not there before.</summary>
public sealed record ChannelDayDiffers(string Channel, DateOnly Day, int Count, Money Amount) : IEvent;

/// <summary>Hours after it should be there, a channel's bill of a day is not: once for each day.</summary>
public sealed record ChannelBillLate(string Channel, DateOnly Day) : IEvent;

/// <summary>A channel does not answer as it should: too many of its last calls brought nothing, or too late. Told once, until it recovers.</summary>
public sealed record GatewayDegraded(string Channel, int Calls, int Failed) : IEvent;

/// <summary>It does again.</summary>
public sealed record GatewayRecovered(string Channel, int Minutes) : IEvent;

/// <summary>A genuine notice speaks of another merchant, or of a number that is none of ours: refused, and kept for a person.</summary>
public sealed record NoticeNotOurs(string Channel, string Number) : IEvent;

/// <summary>A channel says that a transfer has ended. How, is asked: whoever has sent it under this number does so.</summary>
/// <param name="NoticeId">The channel's number of its notice.</param>
public sealed record TransferTold(string Channel, string OutBizNo, string NoticeId) : IEvent;

/// <summary>A refund as finance sees it.</summary>
public sealed record RefundView(string RefundNo, Money Amount, RefundStatus Status, string Reason, Instant CreatedAt);

/// <summary>A payment as others may see it.</summary>
public sealed record PaymentView(PaymentId Id, string TradeNo, string Channel, Money Amount, PaymentStatus Status, Money Refunded, Instant CreatedAt);

/// <param name="PublicBase">The address under which payment channels reach this installation, ending in a slash.</param>
public sealed record PaymentAddresses(Uri PublicBase);
