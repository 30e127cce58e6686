using HaoSuan.Payments;

namespace HaoSuan.Leases;

/// <summary>
/// Ends what was offered for a time and not paid: a lease whose first bill nobody has paid, and the price of a device that may be bought. Not while a
/// payment of it is open.
/// </summary>
internal sealed class LapseOffers(Db db, LeaseBook book, CallOffLease callOff, PaymentRecords payments, TimeProvider time) : IRecurring
{
    private static readonly TimeSpan PayWithin = TimeSpan.FromMinutes(30);

    public async Task RunAsync(CancellationToken cancel)
    {
        var late = time.Now - PayWithin;
        var unpaid = await db.Leases.Where(l => l.State == LeaseState.AwaitingPayment && l.PlacedAt <= late).Select(l => l.Id).ToListAsync(cancel);
        foreach (var id in unpaid) await LapseAsync(id, LeaseBillKind.First, LapsePlacedAsync, cancel);
        var now = (Instant?)time.Now;
        var offers = await db.Leases.Where(l => l.State == LeaseState.BuyingOut && l.OfferUntil <= now).Select(l => l.Id).ToListAsync(cancel);
        foreach (var id in offers) await LapseAsync(id, LeaseBillKind.BuyOut, LapseOfferAsync, cancel);

        Task<Refusal?> LapsePlacedAsync(LeaseRow lease) =>
            callOff.EndAsync(lease, new LeaseEvent.PaymentLapsed(lease.PlacedAt + PayWithin), "未按时支付", cancel);

        async Task<Refusal?> LapseOfferAsync(LeaseRow lease)
        {
            var offer = await db.LeaseBills.SingleAsync(b => b.LeaseId == lease.Id && b.Kind == LeaseBillKind.BuyOut && b.State == LeaseBillState.Open, cancel);
            offer.State = LeaseBillState.Lapsed;
            return book.Move(lease, new LeaseEvent.BuyOutLapsed(lease.OfferUntil!.Value));      // whoever is buying has been told until when
        }
    }

    /// <summary>Whoever has done it meanwhile has done it: a refusal changes nothing.</summary>
    private Task<Result<Done>> LapseAsync(
        LeaseId id, LeaseBillKind kind, Func<LeaseRow, Task<Refusal?>> lapse, CancellationToken cancel) => book.OnAsync(id, async lease =>
    {
        var bill = await db.LeaseBills.FirstOrDefaultAsync(b => b.LeaseId == id && b.Kind == kind && b.State == LeaseBillState.Open, cancel);
        if (bill is null) return default(Done);
        var isOpen = (await payments.OfOrderAsync(bill.Id.Payable, cancel)).Any(p => p.Status is not PaymentStatus.Closed);
        if (isOpen) return default(Done);
        return await lapse(lease) is { } refused ? refused : default(Done);
    }, cancel);
}
