using HaoSuan.Distributors;
using HaoSuan.Inventory;
using HaoSuan.Settling;

namespace HaoSuan.Orders;

/// <summary>How far an order has come. It moves by rank: what is learned late never takes it back.</summary>
public enum OrderState
{
    AwaitingPayment,
    Confirmed,
    Submitted,

    /// <summary>The upstream was asked for the order back and has not answered yet.</summary>
    Cancelling,
    Shipped,
    Delivered,
    Activated,

    /// <summary>Cancelled before shipping: by the operator, or unpaid for too long.</summary>
    Closed,

    /// <summary>The upstream has said no.</summary>
    Failed,

    /// <summary>The card came back.</summary>
    Returned,
}

/// <summary>The state of the number in the carrier's network (在网状态). Cancelled (销户) is final.</summary>
public enum NetworkState
{
    None,
    InService,
    Suspended,
    Cancelled,
}

/// <summary>
/// Who visits orders. Each has a queue of its own, in which an order stands from when on it is to be visited. A new fact makes it due in
/// all of them in the transaction that records it: a row for each, where an event would be a delivery for each.
/// </summary>
public enum DueFor
{
    /// <summary>Settlement books what has become owed.</summary>
    Settlement,

    /// <summary>The watch of deadlines warns and keeps the forecast.</summary>
    Outlook,
}

/// <summary>Something that happened to an order, as somebody tells it.</summary>
/// <param name="Kind">A word of <see cref="FactKind.Known"/>, or another one that a scheme may speak of.</param>
/// <param name="Source">Who tells it, like <c>payments</c> or <c>upstream:hao172</c>.</param>
/// <param name="SourceId">The teller's own name for it: the same one is the same fact.</param>
/// <param name="Attributes">Like <c>stage</c> of upstream_confirmed, or <c>month</c> of in_service. A whole number, <c>true</c> and
/// <c>false</c> are those values to a scheme, everything else is text. Never personal data.</param>
/// <param name="Of">For the kind <c>void</c>: the fact of the same order that it withdraws.</param>
public sealed record NewFact(
    OrderId OrderId, string Kind, Instant At, string Source, string SourceId, Money? Amount = null,
    IReadOnlyDictionary<string, string>? Attributes = null, FactId? Of = null);

/// <summary>What settlement needs to know of an order.</summary>
/// <param name="Paid">What the consumer has paid: the basis of shares.</param>
/// <param name="Chain">From the top to the seller, with the rates pinned when it was placed.</param>
/// <param name="Facts">In an order that does not depend on when they were learned; the implicit "ordered" is not among them.</param>
public sealed record OrderToSettle(
    OrderId Id, string OrderNo, ProductId ProductId, UpstreamId UpstreamId, int SchemeVersion, Instant OrderedAt, Money Paid,
    IReadOnlyList<ChainMember> Chain, IReadOnlyList<Fact> Facts, int FactCount)
{
    /// <summary>The order as Settling sees it, by that scheme; refused where a rate of the chain is missing.</summary>
    public Result<Order> Terms(Scheme scheme)
    {
        List<Seat> chain = [];
        foreach (var member in Chain)
        {
            if (!Seat.Of(Name(member.Id), scheme, member.Rates).TryGet(out var seat, out var refusals)) return refusals.ToList();
            chain.Add(seat);
        }
        return new Order(Name(Id), scheme, OrderedAt, [.. chain]) { Paid = Paid };
    }

    /// <summary>The name by which Settling knows what has that id.</summary>
    public static string Name<TId>(TId id) where TId : struct, IId<TId> => id.Value.ToString("D");
}

/// <summary>The orders of a product that were placed from an instant until before another, and were confirmed by then.</summary>
public sealed record ProductSpan(ProductId ProductId, Instant From, Instant Until, Instant ConfirmedBy);

/// <summary>An order as a list shows it: personal data masked.</summary>
public sealed record OrderSummary(
    OrderId Id, string OrderNo, ProductId ProductId, UpstreamId UpstreamId, DistributorId Seller, Instant OrderedAt, Money Price, Money Paid,
    OrderState State, NetworkState Network, string? Number, string? Iccid, string Name, string Phone);

/// <summary>One order with everything that may be shown without a reveal.</summary>
/// <param name="NumberTerms">What the picked number costs and binds to, pinned when it was ordered.</param>
public sealed record OrderDetail(
    OrderSummary Order, int SchemeVersion, IReadOnlyList<ChainMember> Chain, string IdNumber, string Address, IReadOnlyList<RecordedFact> Facts,
    PinnedTerms? NumberTerms = null);

/// <summary>A fact as it stands in the log.</summary>
public sealed record RecordedFact(
    FactId Id, string Kind, Instant At, Instant RecordedAt, Money Amount, IReadOnlyDictionary<string, string> Attributes, FactId? Of,
    string Source, string SourceId);

/// <summary>What a sheet of the upstream may name an order by.</summary>
public sealed record OrderIdentity(
    OrderId Id, string OrderNo, ProductId ProductId, string? Number, string? Iccid, Instant OrderedAt, Instant? ActivatedAt = null);

/// <summary>Which orders a list shows. Dates are inclusive, in the tenant's zone.</summary>
/// <param name="Text">An order number, number or ICCID, in full.</param>
/// <param name="Seller">The orders that this distributor sold itself.</param>
public sealed record OrderFilter(
    OrderState? State = null, ProductId? Product = null, DateOnly? From = null, DateOnly? To = null, string? Text = null,
    DistributorId? Seller = null);

/// <summary>A consumer has placed an order.</summary>
public sealed record OrderPlaced(OrderId OrderId, string OrderNo) : IEvent;

/// <summary>An order is paid, or has no price: it goes on to the upstream.</summary>
public sealed record OrderConfirmed(OrderId OrderId) : IEvent;

/// <summary>An order that was to be cancelled goes on, since its upstream does not give it back.</summary>
/// <param name="Reason">The upstream's words.</param>
public sealed record CancellationRefused(OrderId OrderId, string OrderNo, DistributorId Seller, string Reason) : IEvent;

/// <summary>A fact of an order was recorded.</summary>
public sealed record FactRecorded(OrderId OrderId, string Kind) : IEvent;
