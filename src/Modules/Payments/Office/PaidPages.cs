namespace HaoSuan.Payments;

/// <summary>Where the office looks at what was paid. A voucher that is for nothing that anybody pays us is a payout's.</summary>
internal static class PaidPages
{
    public static string Of(PaymentFor? purpose, OrderId id) => purpose is { } paid ? Of(paid, id) : $"/office/payouts/{id.Value}";

    public static string Of(PaymentFor purpose, OrderId id) => purpose switch
    {
        PaymentFor.Order => $"/office/orders/{id.Value}",
        PaymentFor.Lease => $"/office/leases/bills/{id.Value}",
    };

    public static string WordOf(PaymentFor? purpose) => purpose is not { } paid ? "提现" : paid switch
    {
        PaymentFor.Order => "订单",
        PaymentFor.Lease => "租赁账单",
    };
}
