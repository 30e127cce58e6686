using HaoSuan.Upstreams.Wire;

namespace HaoSuan.Upstreams;

/// <summary>An upstream's line: the account through which its orders go. The host adds one for each upstream that it has keys for.</summary>
/// <param name="Key">The upstream's key in the catalog.</param>
public sealed record UpstreamLine(string Key, IUpstreamWire Wire);

/// <param name="PublicBase">The address under which upstreams reach this installation, ending in a slash.</param>
public sealed record UpstreamAddresses(Uri PublicBase);

/// <summary>An order to hand over. Who applies is personal: it goes to the wire and is kept nowhere here.</summary>
public sealed record OrderToSubmit(OrderId OrderId, string OrderNo, UpstreamId UpstreamId, string Product, Applicant Applicant, string? Number)
{
    public override string ToString() => $"Order {OrderNo} of {Product}";
}

/// <summary>An order to ask back.</summary>
/// <param name="Withdrawal">The asker's own name for this withdrawal: its answer carries it.</param>
public sealed record OrderToWithdraw(OrderId OrderId, string OrderNo, UpstreamId UpstreamId, string Withdrawal);

public enum SubmissionState
{
    /// <summary>Nobody knows whether the upstream has it: it is asked before the order is handed over again.</summary>
    Unknown,

    /// <summary>The upstream has it and is asked now and then how it stands.</summary>
    Taken,

    /// <summary>The upstream said no.</summary>
    Refused,

    /// <summary>The upstream has given the order back, or never got it. It is not handed over any more.</summary>
    Withdrawn,
}

/// <summary>How an event became known.</summary>
public enum HeardBy
{
    /// <summary>回调: the upstream has called us.</summary>
    Callback,

    /// <summary>查单: we have asked.</summary>
    Query,
}

/// <summary>Something that happened to an order at its upstream: each once, whether a callback or a query told it first.</summary>
/// <param name="Kind">A word of <c>FactKind</c>, or one of ours where the upstream's status has no word.</param>
/// <param name="Source"><c>upstream:</c> and the upstream's key.</param>
public sealed record UpstreamReported(
    OrderId OrderId, string Kind, Instant At, Money? Amount, IReadOnlyDictionary<string, string> Attributes, string EventId, string Source) : IEvent;

/// <summary>The upstream does not take the order.</summary>
public sealed record UpstreamRefused(OrderId OrderId, string Code, string Message) : IEvent;

/// <summary>The upstream has given the order back, or never got it.</summary>
/// <param name="Withdrawal">The name that the asker gave it.</param>
/// <param name="Source"><c>upstream:</c> and the upstream's key.</param>
public sealed record OrderWithdrawn(OrderId OrderId, string Withdrawal, string Source) : IEvent;

/// <summary>The upstream does not give the order back, and why: the order goes on there.</summary>
/// <param name="Withdrawal">The name that the asker gave it.</param>
/// <param name="Source"><c>upstream:</c> and the upstream's key.</param>
public sealed record WithdrawalRefused(OrderId OrderId, string OrderNo, string Withdrawal, string Reason, string Source) : IEvent;

/// <summary>Nobody knows whether the upstream gives the order back: it has to be asked again.</summary>
public sealed record WithdrawalUnanswered(OrderId OrderId) : IEvent;

/// <summary>The upstream never got the order that was handed over: it has to be handed over again.</summary>
public sealed record SubmissionLost(OrderId OrderId) : IEvent;
