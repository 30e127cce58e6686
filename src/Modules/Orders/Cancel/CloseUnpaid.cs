using HaoSuan.Payments;

namespace HaoSuan.Orders;

/// <summary>Withdraws orders that nobody has paid in time, once no payment of theirs is open any more.</summary>
internal sealed class CloseUnpaid(Db db, Facts facts, PaymentRecords payments, TimeProvider time) : IRecurring
{
    private static readonly TimeSpan PayWithin = TimeSpan.FromMinutes(30);

    public async Task RunAsync(CancellationToken cancel)
    {
        var late = time.Now - PayWithin;
        var orders = await db.Orders.Where(o => o.State == OrderState.AwaitingPayment && o.OrderedAt <= late)
            .OrderBy(o => o.OrderedAt).Select(o => o.Id).Take(1000).ToListAsync(cancel);
        foreach (var id in orders)
        {
            // Paid, and only the news of it still under way.
            var open = (await payments.OfOrderAsync(id, cancel)).Any(p => p.Status is not (PaymentStatus.Closed or PaymentStatus.GivenBack));
            if (!open) await facts.RecordAsync(new(id, "closed", time.Now, "orders", "unpaid"), cancel);
        }
    }
}
