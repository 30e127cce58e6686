using HaoSuan.Payments;

namespace HaoSuan.Leases;

/// <summary>
/// Ends what was offered for a time and not paid: a lease whose first bill nobody has paid, and the price of a device that may be bought. Not while a
/// payment of it is open.
/// </summary>
internal sealed class LapseOffers(Db db, LeaseBook book, CallOffLease callOff, AskBuyOut buyOut, PaymentRecords payments, TimeProvider time) : IRecurring
{
    private static readonly TimeSpan PayWithin = TimeSpan.FromMinutes(30);

    public async Task RunAsync(CancellationToken cancel)
    {
        var (late, now) = (time.Now - PayWithin, (Instant?)time.Now);
        var unpaid = await db.Leases.Where(l => l.State == LeaseState.AwaitingPayment && l.PlacedAt <= late).Select(l => l.Id).ToListAsync(cancel);
        var offers = await db.Leases.Where(l => l.State == LeaseState.BuyingOut && l.OfferUntil <= now).Select(l => l.Id).ToListAsync(cancel);
        var failures = await book.OnEachAsync([.. unpaid, .. offers], lease => LapseAsync(lease, cancel), cancel);
        if (failures.Count > 0) throw new AggregateException(failures);
    }

    /// <summary>Whoever has done it meanwhile has done it: a refusal changes nothing.</summary>
    private async Task<Result<Done>> LapseAsync(LeaseRow lease, CancellationToken cancel)
    {
        var open = await db.LeaseBills.Where(b => b.LeaseId == lease.Id && b.State == LeaseBillState.Open)
            .FirstOrDefaultAsync(b => b.Kind == LeaseBillKind.First || b.Kind == LeaseBillKind.BuyOut, cancel);
        if (open is null || await payments.AreBeingPaidAsync([open.Id.Payable], cancel)) return default(Done);
        var refused = open.Kind == LeaseBillKind.First
            ? await callOff.EndAsync(lease, new LeaseEvent.PaymentLapsed(lease.PlacedAt + PayWithin), "未按时支付", cancel)
            : await buyOut.EndAsync(lease, new LeaseEvent.BuyOutLapsed(lease.OfferUntil!.Value), cancel);      // whoever is buying has been told until when
        return refused is null ? default(Done) : refused;
    }
}
