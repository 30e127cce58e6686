namespace HaoSuan.Payments;

/// <summary>What finance decides on money of another amount than was asked for.</summary>
public enum DisputeDecision
{
    /// <summary>It pays the order, as it is.</summary>
    Accept,

    /// <summary>All of it goes back to the payer.</summary>
    GiveBack,

    /// <summary>It stays in suspense, and somebody has said why. It may be decided otherwise later.</summary>
    Keep,
}

/// <summary>Money of another amount than was asked for, and what was decided.</summary>
/// <param name="Voucher">Of its arrival.</param>
/// <param name="IsOpen">Whether it lies in suspense, so that it can be decided.</param>
public sealed record Dispute(
    PaymentId PaymentId, long Voucher, OrderId OrderId, string OrderNo, string TradeNo, string Channel, Money Asked, Money Received, Instant At,
    bool IsOpen, DisputeDecision? Decision, string? Reason, string? DecidedBy, Instant? DecidedAt);
