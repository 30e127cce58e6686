using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>
/// Where an order stands: the fold of its facts in the sequence in which they happened, whatever the sequence in which they
/// were learned. States only rise in rank, so a repeated or late report never undoes anything; but another card that is sent is on its way.
/// </summary>
/// <param name="NumberDiffers">Somebody has told another number than was told before.</param>
/// <param name="CardDiffers">The same of the card, which nobody has said to be exchanged.</param>
internal readonly record struct Progress(
    OrderState State, NetworkState Network, string? Number, string? Iccid, bool NumberDiffers = false, bool CardDiffers = false)
{
    private const int LongestIdentity = 40;

    public bool Differs => NumberDiffers || CardDiffers;

    /// <summary>
    /// Cards that another one has taken the place of. Who still names one is late, and says nothing new; unless it is the one that went into service.
    /// </summary>
    private IReadOnlyList<string> Former { get; init; } = [];

    public static Progress Of(bool isFree, string? picked, History history)
    {
        var progress = new Progress(isFree ? OrderState.Confirmed : OrderState.AwaitingPayment, NetworkState.None, picked, null);
        foreach (var fact in history.KnownAt(Instant.MaxValue)) progress = progress.After(fact);
        return progress;
    }

    private Progress After(Fact fact)
    {
        var (number, iccid) = (Identity(fact, "phone"), Identity(fact, "iccid"));
        var isOfFormer = iccid is not null && !CardChanges.IsOne(fact.Kind) && IsFormer(iccid);
        var moved = this with
        {
            // A lost parcel that turns up says nothing of the one that was sent for it.
            State = isOfFormer && fact.Kind == "delivered" ? State : Move(State, fact.Kind),
            Network = Move(Network, fact.Kind),
            Number = number ?? Number,
            NumberDiffers = NumberDiffers || (number is not null && Number is not null && !Identities.SameNumber(number, Number)),
        };
        if (iccid is null) return moved;
        // Whose number is in service gets another card by a replacement alone: otherwise it is the card that was exchanged which works.
        if (CardChanges.IsOne(fact.Kind))
            return moved.With(iccid, Identity(fact, "old_iccid"), Network != NetworkState.None && fact.Kind != CardChanges.Changed);
        if (Iccid is null) return moved with { Iccid = iccid };
        if (isOfFormer) return moved with { CardDiffers = CardDiffers || (fact.Kind == FactKind.Activated && Network == NetworkState.None) };
        return moved with { Iccid = iccid, CardDiffers = CardDiffers || !Identities.SameIccid(iccid, Iccid) };
    }

    /// <summary>The order has that card now, whatever was told before.</summary>
    private Progress With(string iccid, string? old, bool differs) => this with
    {
        Iccid = iccid,
        CardDiffers = differs,
        Former = [.. Former, .. new[] { Iccid, old }.OfType<string>()],
    };

    private bool IsFormer(string iccid) =>
        Iccid is not null && !Identities.SameIccid(iccid, Iccid) && Former.Any(f => Identities.SameIccid(f, iccid));

    private static OrderState Move(OrderState state, string kind) => kind switch
    {
        "paid" => Rise(state, OrderState.Confirmed),
        "submitted" or "accepted" or "approved" or "verified" => Rise(state, OrderState.Submitted),
        "shipped" => Rise(state, OrderState.Shipped),
        "delivered" => Rise(state, OrderState.Delivered),
        FactKind.Activated => Rise(state, OrderState.Activated),
        CardChanges.Exchanged or CardChanges.Reshipped when state is OrderState.Shipped or OrderState.Delivered => OrderState.Shipped,
        Withdrawing.Asked when state is OrderState.Confirmed or OrderState.Submitted => OrderState.Cancelling,
        Withdrawing.Refused when state is OrderState.Cancelling => OrderState.Submitted,
        "closed" when state < OrderState.Shipped => OrderState.Closed,
        "rejected" or FactKind.Cancelled when state < OrderState.Shipped => OrderState.Failed,
        "rejected" or "refused" or "returned" when state is OrderState.Shipped or OrderState.Delivered => OrderState.Returned,
        "returned" when state is OrderState.Activated => OrderState.Returned,
        _ => state,
    };

    private static NetworkState Move(NetworkState state, string kind) => (state, kind) switch
    {
        (NetworkState.Cancelled, _) => NetworkState.Cancelled,
        (_, FactKind.Cancelled) => NetworkState.Cancelled,
        (NetworkState.None, FactKind.Activated) => NetworkState.InService,
        (NetworkState.None or NetworkState.InService, FactKind.Suspended) => NetworkState.Suspended,
        (NetworkState.Suspended, FactKind.Resumed) => NetworkState.InService,
        _ => state,
    };

    // Closed, Failed and Returned stand above every state that is reached by going on.
    private static OrderState Rise(OrderState state, OrderState to) => to > state ? to : state;

    private static string? Identity(Fact fact, string name) =>
        fact.Attribute(name)?.Text is { Length: > 0 and <= LongestIdentity } text ? text : null;
}
