namespace HaoSuan.Orders;

/// <summary>What an order looks like to an after-sale.</summary>
/// <param name="IsGivenBack">A return of it is through: there is no order any more.</param>
/// <param name="IsRefunded">All of its money is on its way back, for whatever reason.</param>
internal readonly record struct OrderStanding(OrderState State, NetworkState Network, bool IsGivenBack, bool IsRefunded = false)
{
    /// <summary>Its number is used, or stopped for a while: whoever has it owes for it.</summary>
    public bool IsInService =>
        Network is NetworkState.InService or NetworkState.Suspended || (State == OrderState.Activated && Network != NetworkState.Cancelled);
}

/// <summary>
/// Which after-sales (售后) an order may have, and which steps they take. What is not possible is refused by name; the text says why, and
/// what to do instead.
/// </summary>
internal static class AfterSaleRules
{
    public const int LongestText = 200;

    /// <summary>So many after-sales of an order can come to nothing before its consumer has to call for another one.</summary>
    public const int MostInVain = 5;

    public static IReadOnlyList<AfterSaleReason> ReasonsOf(AfterSaleKind kind) => kind switch
    {
        AfterSaleKind.Return =>
            [AfterSaleReason.Unwanted, AfterSaleReason.Defective, AfterSaleReason.Wrong, AfterSaleReason.Refused, AfterSaleReason.ParcelLost],
        AfterSaleKind.Exchange => [AfterSaleReason.Defective, AfterSaleReason.Wrong],
        AfterSaleKind.Replacement => [AfterSaleReason.CardLost, AfterSaleReason.CardBroken],
        AfterSaleKind.Reship => [AfterSaleReason.Refused, AfterSaleReason.ParcelLost],
    };

    /// <summary>What becomes of a parcel is told by the courier to the operator: a consumer does not choose it.</summary>
    public static bool IsOfParcel(AfterSaleReason reason) => reason is AfterSaleReason.Refused or AfterSaleReason.ParcelLost;

    /// <summary>Why an order in that standing cannot have it; null: it can.</summary>
    public static Refusal? Fault(AfterSaleKind kind, AfterSaleReason reason, OrderStanding order)
    {
        if (!ReasonsOf(kind).Contains(reason)) return new("orders.after_sale_reason");
        if (order.State < OrderState.Shipped) return new("orders.after_sale_not_shipped");
        if (order.State is OrderState.Closed or OrderState.Failed) return new("orders.after_sale_order_ended");
        if (order.IsGivenBack) return new("orders.after_sale_given_back");
        if (IsOfParcel(reason) && HasArrived(reason, order)) return new("orders.after_sale_parcel_arrived");
        return kind switch
        {
            AfterSaleKind.Return when order.IsInService => new("orders.after_sale_in_service"),
            AfterSaleKind.Exchange or AfterSaleKind.Reship when order.IsRefunded => new("orders.after_sale_refunded_already"),
            AfterSaleKind.Exchange when order.State == OrderState.Activated => new("orders.after_sale_activated"),
            AfterSaleKind.Exchange when order.State == OrderState.Returned => new("orders.after_sale_returned"),
            AfterSaleKind.Replacement when order.State != OrderState.Activated => new("orders.after_sale_not_in_service"),
            AfterSaleKind.Replacement when order.Network == NetworkState.Cancelled => new("orders.after_sale_number_gone"),
            _ => null,
        };
    }

    /// <summary>
    /// The same where a step is taken: an order goes on while its after-sale is open. Nothing is sent, lost or refunded of an order that cannot
    /// have that any more; above all, nobody gets his money back and keeps a number in service.
    /// </summary>
    public static Refusal? Fault(AfterSaleKind kind, AfterSaleReason reason, AfterSaleStep step, OrderStanding order) => (kind, step) switch
    {
        (_, AfterSaleStep.Send) or (AfterSaleKind.Return, AfterSaleStep.GiveUp) => Fault(kind, reason, order),
        (AfterSaleKind.Return, AfterSaleStep.Receive or AfterSaleStep.Refund) when order.IsInService => new("orders.after_sale_in_service"),
        _ => null,
    };

    // What is in service was taken; a parcel may be refused at the door, but not lost, after it is said to be delivered.
    private static bool HasArrived(AfterSaleReason reason, OrderStanding order) =>
        order is { State: OrderState.Activated } or { Network: not NetworkState.None }
        || (reason == AfterSaleReason.ParcelLost && order.State == OrderState.Delivered);

    /// <summary>Where the step leads.</summary>
    public static Result<AfterSaleState> After(AfterSaleKind kind, AfterSaleReason reason, AfterSaleState state, AfterSaleStep step) => (state, step) switch
    {
        (AfterSaleState.Done or AfterSaleState.Declined or AfterSaleState.Withdrawn, _) => new Refusal("orders.after_sale_ended"),
        (_, AfterSaleStep.Ask) => new Refusal("orders.after_sale_open"),
        (AfterSaleState.Asked, AfterSaleStep.Agree) => AfterSaleState.Agreed,
        (AfterSaleState.Asked, AfterSaleStep.Decline) => AfterSaleState.Declined,
        (_, AfterSaleStep.Agree or AfterSaleStep.Decline) => new Refusal("orders.after_sale_agreed_already"),
        (AfterSaleState.Asked or AfterSaleState.Agreed, AfterSaleStep.Withdraw) => AfterSaleState.Withdrawn,
        (AfterSaleState.Sent, AfterSaleStep.Withdraw) => new Refusal("orders.after_sale_card_sent"),
        (AfterSaleState.Back, AfterSaleStep.Withdraw) => new Refusal("orders.after_sale_card_back"),
        (AfterSaleState.Asked, _) => new Refusal("orders.after_sale_not_agreed"),
        (_, AfterSaleStep.Send) => Sent(kind, state),
        (_, AfterSaleStep.SendBack) => SendsBack(kind, reason, state) ? state : new Refusal("orders.after_sale_nothing_to_send"),
        (_, AfterSaleStep.Receive or AfterSaleStep.GiveUp) => Back(kind, reason, state, step),
        (_, AfterSaleStep.Refund) when kind != AfterSaleKind.Return => new Refusal("orders.after_sale_no_refund"),
        (AfterSaleState.Back, AfterSaleStep.Refund) => AfterSaleState.Done,
        _ => new Refusal("orders.after_sale_not_back"),
    };

    /// <summary>Whether the consumer is to send a card back.</summary>
    public static bool SendsBack(AfterSaleKind kind, AfterSaleReason reason, AfterSaleState state) => (kind, state) is
        (AfterSaleKind.Return, AfterSaleState.Agreed) or (AfterSaleKind.Exchange, AfterSaleState.Sent) && !IsOfParcel(reason);

    /// <summary>How long a department has for the next step.</summary>
    public static TimeSpan Within(AfterSaleKind kind, AfterSaleState state) => state switch
    {
        AfterSaleState.Asked => TimeSpan.FromDays(1),
        AfterSaleState.Agreed when kind != AfterSaleKind.Return => TimeSpan.FromDays(2),
        AfterSaleState.Back => TimeSpan.FromDays(2),
        _ => TimeSpan.FromDays(14),         // the post
    };

    private static Result<AfterSaleState> Sent(AfterSaleKind kind, AfterSaleState state) => (kind, state) switch
    {
        (AfterSaleKind.Return, _) => new Refusal("orders.after_sale_sends_nothing"),
        (_, AfterSaleState.Sent) => new Refusal("orders.after_sale_sent_already"),
        (AfterSaleKind.Exchange, _) => AfterSaleState.Sent,
        _ => AfterSaleState.Done,
    };

    private static Result<AfterSaleState> Back(AfterSaleKind kind, AfterSaleReason reason, AfterSaleState state, AfterSaleStep step) => (kind, state) switch
    {
        (AfterSaleKind.Replacement or AfterSaleKind.Reship, _) => new Refusal("orders.after_sale_nothing_back"),
        (_, AfterSaleState.Back) => new Refusal("orders.after_sale_back_already"),
        (AfterSaleKind.Exchange, AfterSaleState.Agreed) => new Refusal("orders.after_sale_not_sent"),
        (AfterSaleKind.Exchange, _) => AfterSaleState.Done,
        _ when step == AfterSaleStep.GiveUp && reason != AfterSaleReason.ParcelLost => new Refusal("orders.after_sale_not_lost"),
        _ => AfterSaleState.Back,
    };
}
