namespace HaoSuan.Payments;

/// <summary>A consumer's money that has arrived as it was asked for and that nobody has asked to give back.</summary>
/// <param name="Number">Of its voucher.</param>
public sealed record ArrivedPayment(long Number, PaymentId PaymentId, OrderId OrderId, string OrderNo, Money Amount, Instant At);
