namespace HaoSuan.Payments;

/// <summary>A consumer's money that has arrived as it was asked for, and of which not everything is to go back.</summary>
/// <param name="Number">Of its voucher.</param>
public sealed record ArrivedPayment(long Number, PaymentId PaymentId, OrderId OrderId, string OrderNo, Money Amount, Instant At);
