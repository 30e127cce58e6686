using HaoSuan.Payments.Channels;

namespace HaoSuan.Payouts;

/// <summary>How a payout (提现) stands. Until it has ended its amount lies in the distributor's account "paying".</summary>
public enum PayoutStatus
{
    /// <summary>待审核: asked for; finance has to decide.</summary>
    Requested,

    /// <summary>待复核: one person of finance has approved it, a second one has to.</summary>
    Checked,

    /// <summary>待付款, and once it was sent 付款中: approved, tax and fee are fixed; it goes out in a batch.</summary>
    Approved,

    /// <summary>已到账.</summary>
    Paid,

    /// <summary>已驳回: the amount is available again.</summary>
    Rejected,

    /// <summary>付款失败: the amount is available again; it may be tried again.</summary>
    Failed,
}

public enum PayoutMethod
{
    /// <summary>To an Alipay account, by the transfer channel.</summary>
    Alipay,

    /// <summary>To a bank account, by a file that finance hands to the bank.</summary>
    Bank,

    /// <summary>To a WeChat wallet (微信零钱), by the transfer channel; the payee confirms it in WeChat.</summary>
    WeChat,
}

/// <summary>Why an approved payout does not go out now.</summary>
public enum Hold
{
    /// <summary>冻结: nothing is paid to the distributor for now.</summary>
    Frozen,

    /// <summary>欠款: more was taken back meanwhile than was available; it is paid down first.</summary>
    Debt,
}

/// <param name="Amount">Gross: what leaves the distributor's available balance.</param>
/// <param name="Net">What arrives: amount − tax − fee. The tax is known from the approval on.</param>
/// <param name="Account">Where it goes, masked.</param>
/// <param name="NeedsSecond">Two persons of finance have to approve it.</param>
/// <param name="SentAt">When it was handed to the channel, or put into a file for the bank; null: it has not gone out.</param>
/// <param name="Reference">The number under which the channel or the bank knows its present attempt.</param>
/// <param name="InvoiceNo">The invoice that a company has given for it.</param>
/// <param name="Confirmation">What the payee's WeChat takes to confirm it, while WeChat Pay waits for that.</param>
public sealed record PayoutView(
    PayoutId Id, string Number, DistributorId DistributorId, Money Amount, Money Tax, Money Fee, Money Net, PayoutStatus Status,
    PayoutMethod Method, string Account, Instant RequestedAt, Instant? DecidedAt, Instant? EndedAt, string? Reason, string? TaxExplanation,
    bool NeedsSecond, Instant? SentAt, string Reference, int Attempt, Guid? BatchId, WalletConfirmation? Confirmation,
    string? InvoiceNo)
{
    /// <summary>Approved, and nothing has left us yet: it can still be taken back.</summary>
    public bool IsWaiting => Status == PayoutStatus.Approved && SentAt is null;
}

/// <summary>What a statement needs of the payouts that ended with money going out.</summary>
public sealed record PaidOut(DistributorId DistributorId, string Number, Money Net, Money Tax, Money Fee, Instant At);

/// <summary>A distributor has asked for a payout: finance decides.</summary>
public sealed record PayoutRequested(PayoutId PayoutId, string Number, DistributorId DistributorId, Money Amount) : IEvent;

/// <summary>One person has approved a payout that needs two.</summary>
public sealed record PayoutChecked(PayoutId PayoutId, string Number, Money Amount) : IEvent;

/// <summary>Finance has approved a payout: its tax and fee are fixed, and the rest is on its way.</summary>
public sealed record PayoutUnderway(PayoutId PayoutId, string Number, DistributorId DistributorId, Money Amount, Money Net) : IEvent;

/// <summary>A payout has arrived.</summary>
public sealed record PayoutPaid(PayoutId PayoutId, DistributorId DistributorId, Money Amount, Money Net, Instant At) : IEvent;

/// <summary>A channel says other than what was recorded when the payout, or an earlier attempt of it, ended. Nothing was changed.</summary>
public sealed record PayoutContradicted(PayoutId PayoutId, string Reference, Money Net) : IEvent;

/// <summary>A payout has ended without money: rejected by finance, or failed on its way. The amount is available again.</summary>
public sealed record PayoutReturned(PayoutId PayoutId, DistributorId DistributorId, Money Amount, string Reason, Instant At) : IEvent;
