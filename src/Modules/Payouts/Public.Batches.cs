namespace HaoSuan.Payouts;

/// <summary>A batch (付款批次), and how far it has come.</summary>
public sealed record BatchView(
    Guid Id, string Number, PayoutMethod Method, string? Format, Instant MadeAt, int Count, Money Amount, int Paid, int Failed)
{
    public int Open => Count - Paid - Failed;
}

/// <summary>A payment of a batch.</summary>
/// <param name="Left">It was taken out before it was sent, or tried again in a later batch.</param>
public sealed record BatchLine(
    PayoutId PayoutId, string Number, string Reference, DistributorId DistributorId, Money Amount, PayoutStatus Status, bool IsSent, bool Left, string? Note);

/// <summary>What waits for a batch of one way.</summary>
/// <param name="Held">Of those, what is not paid out for now.</param>
public sealed record WaitingPayouts(PayoutMethod Method, int Count, Money Net, int Held);

/// <summary>What a line of a bank's file of results has brought about.</summary>
public enum ResultOutcome
{
    Paid,
    Failed,

    /// <summary>That was known already.</summary>
    Known,

    /// <summary>没有这一笔: no payment of the batch has this reference.</summary>
    Unknown,

    /// <summary>
    /// It says other than what was recorded before, or speaks of what was never handed over or has been followed by another attempt: a person has to
    /// ask the bank.
    /// </summary>
    Contradicts,
}

/// <summary>A line of a bank's file of results.</summary>
/// <param name="Note">The bank's number, or why it did not pay.</param>
public sealed record ResultLine(int Line, string Reference, ResultOutcome Outcome, string Note);
