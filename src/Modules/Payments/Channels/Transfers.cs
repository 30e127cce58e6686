namespace HaoSuan.Payments.Channels;

/// <summary>Money to pay out. Name and account are personal: they go into the body of the call and nowhere else.</summary>
/// <param name="OutBizNo">The idempotency key: the same number never pays twice.</param>
/// <param name="Account">The payee: the sign-in at Alipay (a phone number or a mail address), or the openid in our WeChat app.</param>
/// <param name="Name">The payee's real name, which the channel compares.</param>
public sealed record TransferOrder(TradeNo OutBizNo, Money Amount, string Account, string Name, string Title)
{
    /// <summary>Where the channel tells of its end. Null: it does not, and is asked.</summary>
    public Uri? NotifyUrl { get; init; }

    public override string ToString() => $"Transfer {OutBizNo} of {Amount}";
}

/// <summary>What the payee's WeChat takes to show its confirmation (requestMerchantTransfer). Nothing of it is personal.</summary>
public sealed record WalletConfirmation(string MchId, string AppId, string Package);

/// <summary>How a transfer stands.</summary>
public abstract record TransferState
{
    private TransferState() { }

    /// <summary>The message that told it, where one did.</summary>
    public SignedMessage? Proof { get; init; }

    /// <summary>The same state is the same, whichever message told it.</summary>
    public virtual bool Equals(TransferState? other) => other?.EqualityContract == EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    public sealed record Paid(string OrderId, Instant? At) : TransferState;

    /// <summary>On its way: query it later.</summary>
    /// <param name="Confirm">Where WeChat Pay waits for the payee to confirm.</param>
    public sealed record Pending(string OrderId, WalletConfirmation? Confirm = null) : TransferState;

    /// <summary>The payee has not got it and will not by this transfer; the money is (again) ours.</summary>
    public sealed record Failed(ChannelError Error) : TransferState;

    /// <summary>No transfer of this number: it may be asked for again under the same number.</summary>
    public sealed record NotFound : TransferState;

    public sealed record Unknown(ChannelError Error) : TransferState;
}

/// <summary>
/// A channel through which people are paid. A time-out, a server error or an answer whose signature does not hold says nothing about what
/// happened: ask again with the same number, never assume.
/// </summary>
public interface ITransferChannel
{
    /// <summary>"wechat" or "alipay".</summary>
    string Name { get; }

    Task<TransferState> TransferAsync(TransferOrder transfer, CancellationToken cancel);

    Task<TransferState> QueryAsync(TradeNo outBizNo, CancellationToken cancel);
}
