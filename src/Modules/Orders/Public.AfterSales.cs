namespace HaoSuan.Orders;

/// <summary>What an after-sale (售后) is about.</summary>
public enum AfterSaleKind
{
    /// <summary>退货: the card comes back, or is lost for good, and the money is given back, whole or less a stated deduction.</summary>
    Return,

    /// <summary>换货: another card is sent for one that does not work, which comes back.</summary>
    Exchange,

    /// <summary>换卡, 补卡: another card for a number in service, whose card was lost or has broken.</summary>
    Replacement,

    /// <summary>补发: another card is sent for a parcel that was lost or refused.</summary>
    Reship,
}

/// <summary>Why. Which reasons a kind has, <c>AfterSaleRules</c> says.</summary>
public enum AfterSaleReason
{
    /// <summary>不想要了.</summary>
    Unwanted,

    /// <summary>发错.</summary>
    Wrong,

    /// <summary>卡坏了, before the number is in service.</summary>
    Defective,

    /// <summary>拒收.</summary>
    Refused,

    /// <summary>丢件.</summary>
    ParcelLost,

    /// <summary>卡丢失, of a number in service.</summary>
    CardLost,

    /// <summary>卡损坏, of a number in service.</summary>
    CardBroken,
}

/// <summary>How far an after-sale has come.</summary>
public enum AfterSaleState
{
    /// <summary>待处理: somebody has to agree or to decline.</summary>
    Asked,

    /// <summary>已同意: the old card is to come back, or the new one to be sent.</summary>
    Agreed,

    /// <summary>新卡已寄出, and the old one is to come back.</summary>
    Sent,

    /// <summary>待退款: the card of a return is back or given up, and finance decides what is given back.</summary>
    Back,

    /// <summary>已完成.</summary>
    Done,

    /// <summary>已驳回, by the operator.</summary>
    Declined,

    /// <summary>已撤销: it is not wanted any more, and everything stays as it is.</summary>
    Withdrawn,
}

/// <summary>What is done with an after-sale. Each happens to one at most once.</summary>
public enum AfterSaleStep
{
    Ask,
    Agree,
    Decline,
    Withdraw,

    /// <summary>The new card is sent.</summary>
    Send,

    /// <summary>The consumer has sent the old card, and tells by which parcel.</summary>
    SendBack,

    /// <summary>The old card has come back.</summary>
    Receive,

    /// <summary>The old card will not come back.</summary>
    GiveUp,

    /// <summary>Finance decides how much is given back.</summary>
    Refund,
}

/// <summary>An after-sale (售后单). Its number counts those of its order.</summary>
/// <param name="Evidence">What whoever asked for it has told.</param>
/// <param name="Owner">Who has it, as the audit log names people.</param>
/// <param name="Due">Until when the next step has to be taken.</param>
/// <param name="OldIccid">The card that it is about, and <paramref name="NewIccid"/> the one that was sent for it.</param>
/// <param name="Refunded">What was decided to be given back; null before that.</param>
/// <param name="ParcelBack">Courier and tracking number of the old card, where the consumer has told them.</param>
public sealed record AfterSale(
    OrderId OrderId, int Number, AfterSaleKind Kind, AfterSaleReason Reason, AfterSaleState State, bool ByConsumer, string Evidence, string? Answer,
    string? Owner, Instant AskedAt, Instant Due, Instant? ClosedAt, string? OldIccid, string? NewIccid, Money Deduction, Money? Refunded,
    string? ParcelBack = null)
{
    /// <summary>A card of it is with the consumer, who is to send it back and has not told how.</summary>
    public bool IsAwaited => ParcelBack is null && AfterSaleRules.SendsBack(Kind, Reason, State);

    public bool IsOpen => ClosedAt is null;
}

/// <summary>An after-sale as the work list shows it.</summary>
public sealed record AfterSaleSummary(AfterSale Case, string OrderNo);

/// <summary>Which after-sales a list shows.</summary>
/// <param name="OpenOnly">Those that are not closed.</param>
/// <param name="Owner">Who has it, as the audit log names people; the empty text: nobody.</param>
public sealed record AfterSaleFilter(
    AfterSaleState? State = null, bool OpenOnly = false, bool Overdue = false, AfterSaleKind? Kind = null, string? Owner = null, string? Text = null);

/// <summary>How a card is sent. The card is one of ours where <paramref name="Iccid"/> is empty: the next of the product.</summary>
public sealed record CardSending(string? Iccid, string? Courier, string? TrackingNo);

/// <summary>An after-sale has come to another state.</summary>
/// <param name="By">Who has brought it there, as the audit log names people.</param>
public sealed record AfterSaleMoved(
    OrderId OrderId, string OrderNo, DistributorId Seller, AfterSaleKind Kind, AfterSaleState State, string By) : IEvent;
