namespace HaoSuan.Payments;

/// <summary>Where the office looks at what was paid.</summary>
internal static class PaidPages
{
    public static string Of(PaymentFor purpose, OrderId id) => purpose switch
    {
        PaymentFor.Order => $"/office/orders/{id.Value}",
        PaymentFor.Lease => $"/office/leases/bills/{id.Value}",
    };
}
