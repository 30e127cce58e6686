using System.Runtime.CompilerServices;
using HaoSuan.Exceptions;
using HaoSuan.Payments;

namespace HaoSuan.Leases;

/// <summary>Money that arrived for a bill that knows nothing of it.</summary>
internal sealed class MoneyAndLeases(Db db, OrderMoney money) : ICompare
{
    private const int Together = 200;

    // What follows a payment takes seconds.
    private static readonly TimeSpan ToBeTaken = TimeSpan.FromMinutes(15);

    private static readonly CaseKind PaymentAlone = new("leases.case_payment_alone", Policies.Finance, TimeSpan.FromHours(8));

    public static IReadOnlyList<CaseKind> Kinds => [PaymentAlone];

    public async IAsyncEnumerable<Finding> FindAsync(Comparison comparison, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var some in comparison.OpenOf(PaymentAlone).Chunk(Together))
        {
            var arrived = await money.ArrivedAsync(PaymentFor.Lease, [.. some.Select(k => new PaymentId(Guid.Parse(k)))], cancel);
            foreach (var payment in await AloneAsync(arrived, cancel)) yield return Found(payment);
        }
        var (from, until) = comparison.Span(ToBeTaken);
        for (long after = 0;
            await money.ArrivedAsync(PaymentFor.Lease, from, until, after, Together, cancel) is { Count: > 0 } arrived;
            after = arrived[^1].Number)
            foreach (var payment in await AloneAsync(arrived, cancel)) yield return Found(payment);
    }

    private async Task<IEnumerable<ArrivedPayment>> AloneAsync(IReadOnlyList<ArrivedPayment> arrived, CancellationToken cancel)
    {
        var payments = arrived.Select(a => (PaymentId?)a.PaymentId).ToList();
        var taken = (await db.LeaseBills.Where(b => payments.Contains(b.PaymentId)).Select(b => b.PaymentId).ToListAsync(cancel)).ToHashSet();
        return arrived.Where(a => !taken.Contains(a.PaymentId));
    }

    private static Finding Found(ArrivedPayment payment) => new(
        PaymentAlone, $"{payment.PaymentId.Value}", payment.OrderNo, $"/office/leases/bills/{payment.OrderId.Value}", payment.At,
        payment.OrderNo, payment.Amount)
    { Amount = payment.Amount };
}
