namespace HaoSuan.Payouts;

/// <summary>
/// How a payout (提现) stands. Until it has ended its amount lies in the distributor's account "paying"; there is at most one
/// that has not ended for each distributor.
/// </summary>
public enum PayoutStatus
{
    /// <summary>待审核: asked for; finance has to decide.</summary>
    Requested,

    /// <summary>付款中: approved, tax and fee are fixed, the money is on its way.</summary>
    Approved,

    /// <summary>已到账.</summary>
    Paid,

    /// <summary>已驳回: the amount is available again.</summary>
    Rejected,

    /// <summary>付款失败: the amount is available again.</summary>
    Failed,
}

public enum PayoutMethod
{
    /// <summary>To an Alipay account, by the transfer channel, at once.</summary>
    Alipay,

    /// <summary>To a bank account, by a file that finance hands to the bank.</summary>
    Bank,
}

/// <param name="Amount">Gross: what leaves the distributor's available balance.</param>
/// <param name="Net">What arrives: amount − tax − fee. Known from the approval on.</param>
/// <param name="Account">Where it goes, masked.</param>
public sealed record PayoutView(
    PayoutId Id, string Number, DistributorId DistributorId, Money Amount, Money Tax, Money Fee, Money Net, PayoutStatus Status,
    PayoutMethod Method, string Account, Instant RequestedAt, Instant? DecidedAt, Instant? EndedAt, string? Reason, string? TaxExplanation);

/// <summary>What a statement needs of the payouts that ended with money going out.</summary>
public sealed record PaidOut(DistributorId DistributorId, string Number, Money Net, Money Tax, Money Fee, Instant At);

/// <summary>A distributor has asked for a payout: finance decides.</summary>
public sealed record PayoutRequested(PayoutId PayoutId, string Number, DistributorId DistributorId, Money Amount) : IEvent;

/// <summary>Finance has approved a payout: its tax and fee are fixed, and the rest is on its way.</summary>
public sealed record PayoutUnderway(PayoutId PayoutId, string Number, DistributorId DistributorId, Money Amount, Money Net) : IEvent;

/// <summary>A payout has arrived.</summary>
public sealed record PayoutPaid(PayoutId PayoutId, DistributorId DistributorId, Money Amount, Money Net, Instant At) : IEvent;

/// <summary>A payout has ended without money: rejected by finance, or failed on its way. The amount is available again.</summary>
public sealed record PayoutReturned(PayoutId PayoutId, DistributorId DistributorId, Money Amount, string Reason, Instant At) : IEvent;
